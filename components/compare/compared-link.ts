import { linkName } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import type { LinkLifetime } from "@/lib/question/answers";

/** One of the compared links: its data, and its lifetime figures if it has clicks. */
export type ComparedLink = {
  id: string;
  name: string;
  link: LinkSummary | null;
  lifetime: LinkLifetime | null;
};

/** The compared links in the order of their ids. Links with the same name also show their ids. */
export function asCompared(
  ids: readonly string[],
  known: ReadonlyMap<string, LinkSummary>,
  lifetimes: ReadonlyMap<string, LinkLifetime>,
): ComparedLink[] {
  const names = ids.map((id) => linkName(id, known.get(id)));
  const isShared = (name: string) => names.filter((other) => other === name).length > 1;
  return ids.map((id, place) => {
    const name = names[place] ?? id;
    return {
      id,
      name: isShared(name) ? `${name} (${id})` : name,
      link: known.get(id) ?? null,
      lifetime: lifetimes.get(id) ?? null,
    };
  });
}
