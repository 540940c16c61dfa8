import "server-only";
import { z } from "zod";
import { seenText, UNTRUSTED, untrustedText } from "@/lib/api/mcp/told";
import type { DimensionKey } from "@/lib/click/dimensions";
import { type BreakdownRow, type Counts, visitorCertainty } from "@/lib/question/answer-types";
import { formatCondition } from "@/lib/question/codec/conditions";
import { exactly } from "@/lib/question/codec/write";
import { fieldValue, inShort } from "@/lib/question/words";

const number = z.int();

/** How a number of visitors is to be read. Where nothing is known, there is no number. */
const Visitors = z.object({
  visitors: number.nullable().describe("null: unknown, as most clicks came without an IP address"),
  visitorsAre: z.enum(["exact", "at least", "unknown"]),
});

export const CountsTold = Visitors.extend({ clicks: number, linksClicked: number });

function visitorsTold({
  clicks,
  visitors,
  withheld,
}: Pick<Counts, "clicks" | "visitors" | "withheld">): z.output<typeof Visitors> {
  const visitorsAre = visitorCertainty({ clicks, withheld });
  return { visitors: visitorsAre === "unknown" ? null : visitors, visitorsAre };
}

export const countsTold = (counts: Counts): z.output<typeof CountsTold> => ({
  clicks: counts.clicks,
  ...visitorsTold(counts),
  linksClicked: counts.links,
});

/** One value and its clicks. */
export const RowTold = Visitors.partial().extend({
  clicks: number,
  share: z.number().describe("Of all clicks that match, from 0 to 1"),
  previous: number.optional().describe("Clicks in the range compared with"),
  change: number.optional(),
  untrusted: z
    .object({
      text: z.string(),
      note: z.string().nullable().describe("The title of a link, the country of a city"),
      filter: z.record(z.string(), z.string()).nullable().describe("Filters for exactly these clicks"),
    })
    .describe(UNTRUSTED),
});

/** Filters for a row's clicks; null when a value can't be written without what nobody sees. */
function filterOf(key: DimensionKey, { value, place }: BreakdownRow): Record<string, string> | null {
  const parts: [DimensionKey, string | null][] = [[key, value]];
  if (place) parts.push(["country", place.country], ["region", place.region]);
  const entries = parts.map(([field, text]) =>
    formatCondition({ field, op: "is", values: [text === null ? null : exactly(field, inShort(text))] }, null),
  );
  const isSeen = entries.every(([, text]) => seenText(text) === text);
  return isSeen ? Object.fromEntries(entries) : null;
}

export function rowTold(key: DimensionKey, row: BreakdownRow, total: number): z.output<typeof RowTold> {
  const { clicks, previous, visitors, withheld } = row;
  const { text, note } = fieldValue(key, row);
  return {
    clicks,
    share: total > 0 ? Math.round((clicks / total) * 10_000) / 10_000 : 0,
    ...(previous !== undefined && { previous, change: clicks - previous }),
    ...(visitors !== undefined && withheld !== undefined && visitorsTold({ clicks, visitors, withheld })),
    untrusted: { text: untrustedText(text), note: note && untrustedText(note), filter: filterOf(key, row) },
  };
}
