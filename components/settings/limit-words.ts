import type { LinkLimit } from "@/lib/account/link-limit";

const KINDS = { linkId: "link", domain: "domain", tagId: "tag", folderId: "folder" } as const;

/** What a key or a person is limited to, such as "Limited to tag Spring and domain go.example.com." */
export function limitWords(links: LinkLimit | null, nameOf: (id: string) => string): string {
  if (!links) return "All links.";
  const parts = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((field) =>
    links[field].length > 0 ? `${KINDS[field]} ${links[field].map(nameOf).join(" or ")}` : [],
  );
  return `Limited to ${parts.join(" and ")}.`;
}
