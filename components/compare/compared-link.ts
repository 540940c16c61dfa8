import { linkName } from "@/lib/click/link-name";
import type { LinkLife, LinkSummary } from "@/lib/question/answers";

/** One of the links that are compared: what is known of it, and how it was clicked if it was. */
export type ComparedLink = {
  id: string;
  name: string;
  link: LinkSummary | null;
  life: LinkLife | null;
};

/** The links as they are compared, in the order of their ids. Two that go by one name are told apart by their ids. */
export function asCompared(
  ids: readonly string[],
  known: ReadonlyMap<string, LinkSummary>,
  lives: ReadonlyMap<string, LinkLife>,
): ComparedLink[] {
  const names = ids.map((id) => linkName(id, known.get(id)));
  const isShared = (name: string) => names.filter((other) => other === name).length > 1;
  return ids.map((id, place) => {
    const name = names[place] ?? id;
    return {
      id,
      name: isShared(name) ? `${name} (${id})` : name,
      link: known.get(id) ?? null,
      life: lives.get(id) ?? null,
    };
  });
}
