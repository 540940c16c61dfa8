import { Badge, type Tone } from "@/components/ui/badge";
import type { ShownKey } from "@/lib/account/keys/store";
import { minute } from "@/lib/base/format";
import { RevokeKey } from "./key-actions";

const STATES: Record<ShownKey["state"], { label: string; tone: Tone } | null> = {
  valid: null,
  expired: { label: "Expired", tone: "plain" },
  revoked: { label: "Revoked", tone: "plain" },
};

const KINDS = { linkId: "link", domain: "domain", tagId: "tag", folderId: "folder" } as const;

/** What a key is limited to, such as "Limited to tag Spring and domain go.example.com." */
function limitOf({ links }: ShownKey, nameOf: (id: string) => string): string {
  if (!links) return "All links.";
  const parts = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((field) =>
    links[field].length > 0 ? `${KINDS[field]} ${links[field].map(nameOf).join(" or ")}` : [],
  );
  return `Limited to ${parts.join(" and ")}.`;
}

function detail(key: ShownKey, nameOf: (id: string) => string, zone: string): string {
  const { state, createdAt, by, expiresAt, lastUsedAt, perMinute } = key;
  const sentences = [
    limitOf(key, nameOf),
    `Up to ${perMinute.toLocaleString("en")} requests a minute.`,
    `Made ${minute(createdAt, zone)}${by ? ` by ${by}` : ""}.`,
    expiresAt && `${state === "expired" ? "Expired" : "Expires"} ${minute(expiresAt, zone)}.`,
    lastUsedAt ? `Last used ${minute(lastUsedAt, zone)}.` : "Never used.",
  ];
  return sentences.filter(Boolean).join(" ");
}

type Props = { keys: ShownKey[]; nameOf: (id: string) => string; zone: string };

/** All API keys with what they open, their last use and actions. */
export function KeysList({ keys, nameOf, zone }: Props) {
  if (keys.length === 0)
    return (
      <p className="border-line border-b px-4 py-8 text-center text-muted">
        No API keys yet. Scripts, spreadsheets and assistants need one.
      </p>
    );
  return (
    <ul className="divide-y divide-line border-line border-b">
      {keys.map((key) => {
        const { id, name, hint, state, scopes } = key;
        const badge = STATES[state];
        return (
          <li key={id} className={state === "valid" ? "" : "text-muted"}>
            <div className="grid gap-0.5 px-4 py-3">
              <h3 className="flex flex-wrap items-center gap-2 font-medium">
                <bdi className="wrap-anywhere">{name}</bdi>
                <code className="font-mono text-muted text-xs">…{hint}</code>
                {scopes.map((scope) => (
                  <Badge key={scope} tone={state === "valid" ? "good" : "plain"}>
                    {scope}
                  </Badge>
                ))}
                {badge && <Badge tone={badge.tone}>{badge.label}</Badge>}
              </h3>
              <p className="wrap-anywhere text-muted">{detail(key, nameOf, zone)}</p>
            </div>
            {state === "valid" && <RevokeKey id={id} name={name} />}
          </li>
        );
      })}
    </ul>
  );
}
