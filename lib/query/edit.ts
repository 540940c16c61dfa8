import { fromTheStart } from "@/lib/query/address";
import { formatCondition, inTodaysWords, readCondition } from "@/lib/query/conditions";
import type { Condition } from "@/lib/query/filters";

/** A condition as it stands in an address: in a group of which one has to hold, or, when that is null, for itself. */
export type Placed = { group: string | null; condition: Condition };

type Entry = [name: string, text: string];

function placedAt([name, text]: Entry): Placed | null {
  const today = text === "" ? null : inTodaysWords(name, text.replaceAll("\0", "\uFFFD"));
  const reading = today && readCondition(...today);
  return reading && !("problem" in reading) ? reading : null;
}

/** The conditions of an address as they read: lists of which one has to hold, most of them of one. */
export function placedConditions(params: URLSearchParams): Placed[][] {
  const lists = new Map<string | symbol, Placed[]>();
  for (const entry of params) {
    const placed = placedAt(entry);
    if (placed === null) continue;
    const key = placed.group ?? Symbol();
    lists.set(key, [...(lists.get(key) ?? []), placed]);
  }
  return [...lists.values()];
}

const isSame = (a: Placed | null, b: Placed) =>
  a !== null && a.group === b.group && JSON.stringify(a.condition) === JSON.stringify(b.condition);

/** The parameters with something else where the first of these stands. */
function edited(params: URLSearchParams, place: Placed, entries: Entry[]): URLSearchParams {
  const all = [...params];
  const at = all.findIndex((entry) => isSame(placedAt(entry), place));
  return fromTheStart(new URLSearchParams(at < 0 ? all : all.toSpliced(at, 1, ...entries)));
}

/** The parameters with another condition at the same place. */
export function withReplaced(params: URLSearchParams, place: Placed, condition: Condition): URLSearchParams {
  return edited(params, place, [formatCondition(condition, place.group)]);
}

/** The parameters with an alternative to a condition: one of the two, and of others in its group, has to hold. */
export function withAlternative(params: URLSearchParams, place: Placed, condition: Condition): URLSearchParams {
  const group = place.group ?? freeGroup(params);
  return edited(params, place, [formatCondition(place.condition, group), formatCondition(condition, group)]);
}

function freeGroup(params: URLSearchParams): string {
  const taken = new Set([...params.keys()].map((name) => name.split(".", 1)[0]));
  let number = 1;
  while (taken.has(number === 1 ? "any" : `any${number}`)) number += 1;
  return number === 1 ? "any" : `any${number}`;
}

/** The parameters without these conditions. What is left alone in its group stands for itself. */
export function withoutPlaced(params: URLSearchParams, places: readonly Placed[]): URLSearchParams {
  const left = places.reduce((rest, place) => edited(rest, place, []), params);
  return placedConditions(left)
    .filter(([first, ...more]) => first && first.group !== null && more.length === 0)
    .flat()
    .reduce((rest, place) => edited(rest, place, [formatCondition(place.condition, null)]), fromTheStart(left));
}

/** The parameters without any condition: the dates, the zone and the rest stay. */
export function withoutConditions(params: URLSearchParams): URLSearchParams {
  return withoutPlaced(params, placedConditions(params).flat());
}
