/** Texts without what all begin and end with: addresses of a list, which needs to be said only once. */
export type CommonEnds = { start: string; end: string; rest: string[] };

function commonStart([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

const reversed = (text: string): string => [...text].reverse().join("");

/** Splits texts into what they have in common and their own parts, which a list of links joins again. */
export function commonEnds(texts: readonly string[]): CommonEnds {
  const start = commonStart(texts);
  const own = texts.map((text) => text.slice(start.length));
  const end = reversed(commonStart(own.map(reversed)));
  return { start, end, rest: own.map((text) => text.slice(0, text.length - end.length)) };
}
