/** What the keyboard stops at in a grid: one link a cell. */
const STOP = "[data-stop]";

/** Only what is drawn: a phone draws other links than a wide screen. */
const stopsOf = (row: Element | null) =>
  [...(row?.querySelectorAll<HTMLElement>(STOP) ?? [])].filter((stop) => stop.offsetParent !== null);

/** Where a key leads from a link in a grid: the same place of the next row, or another of the same row. */
export function stopAfterKey(key: string, from: Element): HTMLElement | null {
  const stop = from.closest<HTMLElement>(STOP);
  const row = stop?.closest("tr");
  if (!stop || !row) return null;
  const stops = stopsOf(row);
  const at = stops.indexOf(stop);
  const targets = new Map([
    ["ArrowDown", stopsOf(row.nextElementSibling)[at]],
    ["ArrowUp", stopsOf(row.previousElementSibling)[at]],
    ["ArrowRight", stops[at + 1]],
    ["ArrowLeft", stops[at - 1]],
    ["Home", stops[0]],
    ["End", stops.at(-1)],
  ]);
  return targets.get(key) ?? null;
}
