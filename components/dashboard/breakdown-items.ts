import type { DimensionKey } from "@/lib/dimensions";
import { displayValue } from "@/lib/format";
import { linkName } from "@/lib/link-name";
import { cutText } from "@/lib/long-value";
import type { BreakdownRow } from "@/lib/question/answers";
import { withCity, withParam, withValue } from "@/lib/question/codec/write";
import { inShort, toldApart } from "@/lib/question/words";
import { hrefTo, type View } from "./view";

/** One row, ready to draw. */
export type BreakdownItem = {
  id: string;
  dimension: DimensionKey;
  value: string | null;
  text: string;
  /** Second thing to know, such as the country of a city. */
  note: string | null;
  /** Everything, for the pointer that rests. */
  title: string;
  country: string | null;
  clicks: number;
  /** Clicks in the comparison; null without one. */
  previous: number | null;
  /** The same page, filtered to this row. */
  href: string;
  /** A page of the row's own. */
  open: string | null;
};

function countryOf(key: DimensionKey, row: BreakdownRow): string | null {
  if (key === "country") return row.value;
  if (key === "region") return /^([A-Z][A-Z0-9])-/.exec(row.value ?? "")?.[1] ?? null;
  return row.place?.country ?? null;
}

function textOf(key: DimensionKey, row: BreakdownRow): { text: string; note: string | null } {
  const text = row.name ?? displayValue(key, row.value);
  if (row.link) {
    const short = linkName(row.link.id, row.link);
    return { text: short, note: row.link.title };
  }
  if (row.place) {
    const { country, region } = row.place;
    return { text, note: region ? displayValue("region", region) : displayValue("country", country) };
  }
  return { text, note: null };
}

function filtered(view: View, key: DimensionKey, row: BreakdownRow): URLSearchParams {
  if (!row.place) return withValue(view.params, key, row.value);
  return withCity(view.params, { ...row.place, city: row.value });
}

/** The rows of one breakdown with their words and addresses. */
export function breakdownItems(view: View, key: DimensionKey, rows: BreakdownRow[]): BreakdownItem[] {
  const worded = toldApart(rows.map((whole) => ({ whole, value: whole.value, ...textOf(key, whole) })));
  return worded.map(({ whole, text, note }) => {
    const row = whole.value === null ? whole : { ...whole, value: inShort(whole.value) };
    return {
      id: JSON.stringify([row.value, row.place]),
      dimension: key,
      value: row.value,
      text: cutText(text),
      note: note && cutText(note),
      title: [whole.value ?? text, note].flatMap((part) => (part ? cutText(part) : [])).join(" · "),
      country: countryOf(key, row),
      clicks: row.clicks,
      previous: row.previous ?? null,
      href: hrefTo(view.path, filtered(view, key, row)),
      open: row.link
        ? hrefTo(
            `/links/${encodeURIComponent(row.link.id)}`,
            withParam(withParam(view.params, "linkId", null), "view", null),
          )
        : null,
    };
  });
}
