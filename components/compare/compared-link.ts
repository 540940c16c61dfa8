import { linkName } from "@/lib/click/link-name";
import type { LinkLifetime, LinkSummary } from "@/lib/question/answers";

/** One of the links that are compared: what is known of it, and how it was clicked if it was. */
export type ComparedLink = {
  id: string;
  name: string;
  link: LinkSummary | null;
  lifetime: LinkLifetime | null;
};

/** The links as they are compared, in the order of their ids. Two that go by one name are told apart by their ids. */
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
