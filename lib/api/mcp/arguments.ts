import "server-only";
import { z } from "zod";
import { filtersAsked, withDefaults } from "@/lib/api/asked";
import { BOTS } from "@/lib/base/bots";
import { text as words } from "@/lib/base/problems";
import { WEEK_STARTS } from "@/lib/base/week-start";
import { DIMENSIONS, type GroupBy } from "@/lib/click/dimensions";
import { SETTINGS } from "@/lib/question/codec/parameters";
import { COMPARISONS, type Filters, INTERVALS, LINK_FIELDS } from "@/lib/question/question";

const time = z.string().min(1).describe("A date such as 2026-08-01, or a time such as 2026-08-01T09:00:00Z");
const value = z.string().min(1, words.filters.noValue);

const FIELDS = [...new Set([...DIMENSIONS.map(({ key }) => key), ...LINK_FIELDS])];

const filters = z
  .record(
    z.string().refine((name) => !SETTINGS.has(name), "Send this as an argument of its own, not within filters."),
    z.union([value, z.array(value).min(1).max(20)]),
  )
  .refine((given) => Object.keys(given).length <= 50, "Use at most 50 filters.")
  .describe(
    `Which clicks, all of which must hold: {"country": "DE,AT"} is either of them, {"country": "-DE"} all others, ` +
      `{"referer.contains": "news"} a part of the text, {"utm_source.empty": "true"} no value, ` +
      `{"any.country": "DE", "any.device": "Mobile"} at least one of the two. A list of texts means that each must hold. ` +
      `A comma, backslash or leading hyphen within a value is written with a backslash before it. Fields: ${FIELDS.join(", ")}.`,
  );

/** Arguments of every tool about clicks: the settings and filters of a page's address. */
export const ASKED = {
  interval: z.enum(INTERVALS).optional().describe("A named range; 30d if there is no range"),
  start: time.optional().describe("Instead of interval: when the range begins"),
  end: time.optional().describe("When the range ends; a date is included. Without it, the range ends today"),
  timezone: z.string().min(1).optional().describe("IANA name such as Europe/Berlin; by default the installation’s"),
  weekStart: z.enum(WEEK_STARTS).optional().describe("The day on which weeks start; monday by default"),
  bots: z.enum(BOTS).optional().describe("Whether clicks by bots count; by default as on pages"),
  compare: z.enum(COMPARISONS).optional().describe("What the range is compared with"),
  compareStart: time.optional().describe("With compare=custom"),
  compareEnd: time.optional().describe("With compare=custom"),
  compareAlign: z.literal("weekday").optional().describe("Compares each day with the same weekday"),
  filters: filters.optional(),
};

const Asked = z.object(ASKED);
export type Asked = z.output<typeof Asked>;

/** The words by which clicks are counted. */
export const GROUPS = DIMENSIONS.map(({ groupBy }) => groupBy) as [GroupBy, ...GroupBy[]];

/** What is asked: as filters, and as the parameters of a page that shows the same. */
export type Question = { filters: Filters; params: URLSearchParams };

/**
 * Reads the arguments that tools share; a tool's own are left out. Range, zone and bots are always among the parameters, so that
 * an address means the same for every reader.
 *
 * @throws AppError naming the first argument that isn't understood
 */
export async function readAsked(args: Asked & { granularity?: string | undefined }, now: Date): Promise<Question> {
  const { filters: conditions = {}, ...settings } = Asked.parse(args);
  const params = new URLSearchParams();
  for (const [name, text] of Object.entries({ ...settings, granularity: args.granularity }))
    if (text !== undefined) params.set(name, text);
  for (const [name, texts] of Object.entries(conditions)) for (const text of [texts].flat()) params.append(name, text);
  // On the comparison of links, no range means their whole lives.
  if (!params.has("interval") && !params.has("start") && !params.has("end")) params.set("interval", "30d");
  const said = await withDefaults(params);
  return { filters: filtersAsked(said, now), params: said };
}
