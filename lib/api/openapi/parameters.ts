import { z } from "zod";
import { BOTS } from "@/lib/base/bots";
import { GRANULARITIES } from "@/lib/base/time";
import { WEEK_STARTS } from "@/lib/base/week-start";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { operatorsOf } from "@/lib/question/codec/conditions";
import { type Endpoint, ownParameters } from "@/lib/question/codec/parameters";
import { FIELD_GROUPS, fieldWords } from "@/lib/question/fields";
import { COMPARISONS, type FieldName, INTERVALS, LINK_FIELDS } from "@/lib/question/question";

const text = z.string();

/** What all questions about clicks take. */
const SETTINGS = {
  interval: z
    .enum(INTERVALS)
    .describe("Named range; 30d unless there is a start. Ranges are whole days in the time zone, except 24h."),
  start: text.describe("Date such as 2026-08-01, or time such as 2026-08-01T09:00:00Z. Wins over interval."),
  end: text.describe("The same; a date includes its whole day."),
  timezone: text.describe("IANA name, such as Europe/Berlin; UTC by default."),
  weekStart: z.enum(WEEK_STARTS),
  granularity: z.enum(GRANULARITIES).describe("Of series; chosen by the length of the range by default."),
  bots: z.enum(BOTS).describe("Clicks by bots; included by default."),
  event: z.enum(["clicks"]),
  compare: z.enum(COMPARISONS).describe("What to compare with."),
  compareStart: text,
  compareEnd: text,
  compareAlign: z.enum(["weekday"]),
};

const VALUES = "Values with commas between them; - before them excludes them, and a backslash escapes a comma.";

const CONDITIONS = Object.fromEntries(
  FIELD_GROUPS.flatMap(({ fields }) => fields).flatMap((field: FieldName) => {
    const { label } = fieldWords(field);
    const operators = operatorsOf(field);
    return [
      [field, text.describe(`${label}. ${VALUES}`)],
      ...(operators.includes("contains")
        ? [[`${field}.contains`, text.describe(`${label} contains one of these.`)]]
        : []),
      ...(operators.includes("empty")
        ? [[`${field}.empty`, z.enum(["true", "false"]).describe(`${label} has no value.`)]]
        : []),
    ];
  }),
) as Record<string, z.ZodType>;

/** The parameters of an endpoint's own that need words, or aren't text. */
const OWN: Record<string, z.ZodType> = {
  limit: z.int().min(1),
  offset: z.int().min(0),
  page: z.int().min(1),
  groupBy: z.enum(["count", "timeseries", "heatmap", "sparklines", ...DIMENSIONS.map(({ groupBy }) => groupBy)]),
  after: text.describe("Cursor of an earlier response."),
  before: text.describe("Cursor of an earlier response."),
  search: text.describe("Only rows that contain this, ignoring case."),
  facets: z.enum(["true", "false"]).describe("Count without conditions on the dimension itself, as cards do."),
  visitors: z.enum(["true", "false"]).describe("Count the visitors of rows, which takes longer."),
  words: z.enum(["true", "false"]).describe("Add readable texts."),
  sortOrder: z.enum(["asc", "desc"]),
  sort: z.enum(["clicks", "change", "loss", "name", "created"]),
  upTo: text.describe("Only clicks that are stored up to this number, from X-Footfall-Up-To of an earlier download."),
  columns: text.describe("Names of columns in their order, with commas between them."),
};

/** Parameters that are still understood, but have a better name or no effect. */
const OLDER: readonly string[] = ["saleUnit", "order"];

/** The parameters of an endpoint: its own, and for questions about clicks the settings and conditions of all pages. */
export function parametersOf(endpoint: Endpoint, isAboutClicks = true): Record<string, z.ZodType> {
  const own = ownParameters(endpoint).filter(
    ([name]) => !OLDER.includes(name) && !(endpoint === "api/v1/events" && name === "page"),
  );
  return {
    ...Object.fromEntries(own.map(([name, choices]) => [name, choices ? z.enum(choices) : (OWN[name] ?? text)])),
    ...(isAboutClicks && { ...SETTINGS, ...CONDITIONS }),
  };
}

/** Whether a parameter is a setting or condition, which all questions about clicks take. */
export const isCommon = (name: string): boolean => name in SETTINGS || name in CONDITIONS;

/** The settings, and the conditions, with their shapes. */
export const COMMON = { settings: SETTINGS as Record<string, z.ZodType>, conditions: CONDITIONS };

/** All fields, for addresses that name one. */
export const Field = z.enum([
  ...DIMENSIONS.map(({ key }) => key),
  ...LINK_FIELDS.filter((field) => !DIMENSIONS.some(({ key }) => key === field)),
]);
