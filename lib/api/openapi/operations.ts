import { z } from "zod";
import type { KeyScope } from "@/lib/account/keys/key";
import { AnalyticsQuery, EventsQuery } from "@/lib/api/dub/query";
import { Field, parametersOf } from "@/lib/api/openapi/parameters";
import * as shapes from "@/lib/api/openapi/shapes";
import { Questions } from "@/lib/api/v1/several";
import { DIMENSIONS } from "@/lib/click/dimensions";

/** Groups of operations in reading order, with what is said of each. */
export const TAGS = {
  Figures: "What pages show, as JSON. Unknown parameters and values are refused, so that a typo never counts more.",
  Clicks: "Single clicks: to look at, or to copy all of them elsewhere.",
  Exports: "Files with every row, however many a page shows.",
  "Dub’s API": "For programs that use Dub’s API or its SDK: its parameters, shapes, order and errors. Only with a key.",
} as const;

/** One method of one address. `needs`: the scope that a key needs. */
export type Operation = {
  id: string;
  method: "get" | "post";
  path: string;
  tag: keyof typeof TAGS;
  summary: string;
  description?: string;
  needs: KeyScope;
  query: Record<string, z.ZodType>;
  inPath?: Record<string, z.ZodType>;
  body?: z.ZodType;
  /** Media types of a good answer, with the shape of those that are JSON. */
  answers: Record<string, z.ZodType | null>;
  /** A query string for an example. */
  example?: string;
};

const json = (shape: z.ZodType) => ({ "application/json": shape });
const csv = { "text/csv": null };

/** Numbers of a query string are read as text. */
const withNumbers = (query: Record<string, z.ZodType>): Record<string, z.ZodType> => ({
  ...query,
  limit: z.int().min(1),
  ...("page" in query && { page: z.int().min(1) }),
});

export const OPERATIONS: readonly Operation[] = [
  {
    ...{ id: "analytics", method: "get", path: "/api/v1/analytics", tag: "Figures", needs: "read" },
    summary: "Answer a question about clicks",
    description:
      "groupBy says what is counted: count, timeseries, heatmap, sparklines (clicks over time of the links that top_links lists), or a dimension, whose rows can be searched, sorted and paged. Conditions of one field or several must all hold; those whose names begin with the same group, such as any.country=DE and any.device=Mobile, are alternatives.",
    query: { ...parametersOf("api/v1/analytics"), sortBy: z.enum(["clicks", "change", "value"]) },
    answers: json(shapes.Analytics),
    example: "groupBy=countries&interval=30d&compare=previous&limit=10",
  },
  {
    ...{ id: "answers", method: "post", path: "/api/v1/analytics", tag: "Figures", needs: "read" },
    summary: "Answer several questions at once",
    description:
      "Up to 20 questions, each an object with the parameters above, as of the same moment. Answers come in the same order.",
    query: {},
    body: Questions,
    answers: json(shapes.Several),
  },
  {
    ...{ id: "links", method: "get", path: "/api/v1/links", tag: "Figures", needs: "read" },
    summary: "List links with their clicks",
    description: "Also links without a click. Conditions on links choose the links, all conditions the clicks.",
    query: parametersOf("api/v1/links"),
    answers: json(shapes.Links),
    example: "interval=7d&sort=clicks&limit=20",
  },
  {
    ...{ id: "values", method: "get", path: "/api/v1/values/{field}", tag: "Figures", needs: "read" },
    summary: "List the values of a field",
    query: parametersOf("api/v1/values"),
    inPath: { field: Field },
    answers: json(shapes.Values),
    example: "interval=all&search=united",
  },
  {
    ...{ id: "why", method: "get", path: "/api/v1/why", tag: "Figures", needs: "read" },
    summary: "Explain a figure in words",
    query: {
      ...parametersOf("api/why"),
      groupBy: z.enum(["count", "timeseries", "heatmap", ...DIMENSIONS.map(({ groupBy }) => groupBy)]),
    },
    answers: json(shapes.Why),
    example: "groupBy=countries&interval=7d",
  },
  {
    ...{ id: "events", method: "get", path: "/api/v1/events", tag: "Clicks", needs: "read" },
    summary: "List clicks",
    description:
      "Newest first, or oldest first with sortOrder=asc. Cursors are positions: new clicks make nothing repeated or skipped.",
    query: { ...parametersOf("api/v1/events"), sortBy: z.enum(["timestamp"]) },
    answers: json(shapes.Events),
    example: "interval=7d&country=DE&limit=50",
  },
  {
    ...{ id: "clicks", method: "get", path: "/api/v1/clicks", tag: "Clicks", needs: "read" },
    summary: "Copy every click, in the order of arrival",
    description:
      "For a warehouse: each click is given once, also those that arrive late or are dated earlier. Store a page and its cursor in one step, then ask for the next with after. Ask again after a while when there are no more. Deleted clicks aren’t told.",
    query: parametersOf("api/v1/clicks", false),
    answers: json(shapes.Changes),
    example: "limit=1000",
  },
  {
    ...{ id: "dubAnalytics", method: "get", path: "/api/analytics", tag: "Dub’s API", needs: "read" },
    summary: "Retrieve analytics",
    description: "Unknown parameters are ignored, as Dub does. exact, unknown, limit and bots are ours.",
    query: withNumbers(AnalyticsQuery.shape),
    answers: json(shapes.DubAnalytics),
    example: "event=clicks&groupBy=countries&interval=30d",
  },
  {
    ...{ id: "dubEvents", method: "get", path: "/api/events", tag: "Dub’s API", needs: "read" },
    summary: "List events",
    query: withNumbers(EventsQuery.shape),
    answers: json(shapes.DubEvents),
    example: "event=clicks&interval=7d&limit=50",
  },
  {
    ...{ id: "exportFile", method: "get", path: "/api/export/{file}", tag: "Exports", needs: "export" },
    summary: "Download a breakdown, or all of a view",
    description:
      "A grouping with .csv, timeseries.csv, or all.zip with all of them and manifest.json, which has the rows, totals and hashes of each.",
    query: parametersOf("api/export"),
    inPath: { file: z.string() },
    answers: { ...csv, "application/zip": null },
    example: "interval=7d",
  },
  {
    ...{ id: "exportClicks", method: "get", path: "/api/export/events.csv", tag: "Exports", needs: "export" },
    summary: "Download clicks as CSV",
    description:
      "Every click, newest first, as they are stored at one moment. X-Footfall-Rows says how many, and X-Footfall-Up-To which moment: the same address with upTo gives the same file again.",
    query: parametersOf("api/export/events"),
    answers: csv,
    example: "interval=7d&columns=time,linkId,country",
  },
  {
    ...{ id: "exportLines", method: "get", path: "/api/export/events.ndjson", tag: "Exports", needs: "export" },
    summary: "Download clicks as NDJSON",
    description: "The same with types: one JSON object a line.",
    query: parametersOf("api/export/rows"),
    answers: { "application/x-ndjson": null },
    example: "interval=7d&columns=time,linkId,country",
  },
  {
    ...{ id: "exportParquet", method: "get", path: "/api/export/events.parquet", tag: "Exports", needs: "export" },
    summary: "Download clicks as Parquet",
    description: "The same for warehouses and data frames.",
    query: parametersOf("api/export/rows"),
    answers: { "application/vnd.apache.parquet": null },
    example: "interval=7d",
  },
];
