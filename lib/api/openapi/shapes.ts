import { z } from "zod";
import { DubLink, DubTag } from "@/lib/api/dub/link";
import { GRANULARITIES } from "@/lib/base/time";
import { CLICK_FIELDS, type ClickField, type FieldKey } from "@/lib/click/fields";

// Shapes of answers, from which the document is generated, and by which the tests check every answer. An object with a
// field that is missing here is wrong.

/** Named shapes: they appear once in the document. */
export const shapes = z.registry<{ id: string }>();

function named<Shape extends z.ZodType>(id: string, shape: Shape): Shape {
  shapes.add(shape, { id });
  return shape;
}

const count = z.int().min(0);
const text = z.string();
const textOrNull = z.string().nullable();
const time = z.iso.datetime().describe("UTC, with milliseconds");

export const Failure = named(
  "Error",
  z.strictObject({ error: z.strictObject({ code: text, message: text }) }).describe("The message says what to do."),
);

const counts = { clicks: count, visitors: count, withheld: count, links: count };
const Counts = named("Counts", z.strictObject(counts));

const Totals = named(
  "Totals",
  z
    .strictObject({ ...counts, previous: Counts.optional() })
    .describe(
      "Visitors are recognised by a hash of IP address and browser. withheld: clicks without an IP address, whose visitors are estimated. links: links with a click. previous: the comparison.",
    ),
);

const Point = named(
  "Point",
  z.strictObject({ start: z.int().describe("Start of the bucket in epoch milliseconds"), clicks: count }),
);

const points = { points: z.array(Point), previous: z.array(Point).optional() };

const Series = named(
  "Series",
  z.strictObject({ granularity: z.enum(GRANULARITIES), zone: text, ...points }).describe("Ascending, without gaps."),
);

const Cells = z.array(z.array(count));

const HeatMap = named(
  "HeatMap",
  z
    .strictObject({
      zone: text,
      cells: Cells,
      median: z.array(z.array(z.number().nullable())),
      previous: Cells.optional(),
    })
    .describe(
      "Clicks by weekday from Monday and hour from midnight; median: of a typical week, null where nothing is known.",
    ),
);

const Sparklines = named("Sparklines", z.record(text, z.strictObject(points)).describe("Clicks over time by link id."));

const Tag = z.strictObject({ id: text, name: text, color: textOrNull });

const Link = named(
  "Link",
  z.strictObject({
    ...{ id: text, domain: textOrNull, key: textOrNull, shortLink: textOrNull, url: textOrNull, title: textOrNull },
    ...{ tags: z.array(Tag), folderId: textOrNull, archived: z.boolean() },
    ...{ createdAt: time.nullable(), deletedAt: time.nullable() },
  }),
);

const Row = named(
  "Row",
  z.strictObject({
    value: textOrNull.describe("null: the clicks without a value"),
    clicks: count,
    previous: count.optional(),
    visitors: count.optional(),
    withheld: count.optional(),
    place: z.strictObject({ country: textOrNull, region: textOrNull }).optional().describe("Of cities"),
    link: Link.optional().describe("Of links"),
    name: text.optional().describe("Of tags and folders"),
    color: text.optional().describe("Of tags"),
  }),
);

const Breakdown = named(
  "Breakdown",
  z
    .strictObject({
      rows: z.array(Row),
      rowCount: count,
      total: count,
      previousTotal: count.optional(),
      sum: count.optional().describe("What all rows add up to where a click counts for several"),
      previousSum: count.optional(),
      remainder: z.strictObject({ clicks: count, previous: count.optional() }).describe("Clicks of rows not listed"),
    })
    .describe("Rows and the remainder add up to the total. rowCount counts the rows that the search finds."),
);

export const Analytics = named("Analytics", z.union([Totals, Series, HeatMap, Breakdown, Sparklines]));

export const Several = named(
  "Answers",
  z.strictObject({
    answers: z.array(
      z.union([
        z.strictObject({ status: z.literal(200), answer: Analytics }),
        z.strictObject({ status: z.int(), error: Failure.shape.error }),
      ]),
    ),
  }),
);

const OF_TYPE: Record<ClickField["type"], z.ZodType> = {
  text: textOrNull,
  int: z.int().nullable(),
  boolean: z.boolean().nullable(),
  timestamptz: time,
};

/** Fields of clicks as JSON, where hidden columns are null. */
const fieldsOf = (isIn: (field: ClickField & { key: FieldKey }) => boolean): Record<string, z.ZodType> =>
  Object.fromEntries(CLICK_FIELDS.filter(isIn).map(({ key, type }) => [key, OF_TYPE[type]]));

const seq = text.regex(/^\d+$/).describe("Number in the order of storage");

const Event = named(
  "Event",
  z.strictObject({
    seq,
    ...fieldsOf(({ isListed }) => isListed),
    link: Link.nullable(),
    words: z.record(text, textOrNull).optional().describe("Readable texts, with words=true"),
  }),
);

export const Events = named(
  "Events",
  z
    .strictObject({ rows: z.array(Event), newer: textOrNull, older: textOrNull })
    .describe("older and newer are cursors of the neighbouring pages: send them as before and after."),
);

const NOT_IN_FEED: readonly FieldKey[] = ["slot", "secretId", "visitor"];

export const Changes = named(
  "Clicks",
  z
    .strictObject({
      clicks: z.array(z.strictObject({ seq, ...fieldsOf(({ key }) => !NOT_IN_FEED.includes(key)) })),
      after: text.describe("Where the next request begins: send it as after"),
      more: z.boolean().describe("Whether there are more clicks already"),
    })
    .describe("In the order of arrival."),
);

export const Links = named(
  "Links",
  z.strictObject({
    rows: z.array(z.strictObject({ link: Link, clicks: count, previous: count.optional() })),
    total: count,
  }),
);

export const Values = named(
  "Values",
  z.strictObject({
    rows: z.array(z.strictObject({ value: textOrNull, text, note: textOrNull, country: textOrNull, clicks: count })),
    rowCount: count,
    total: count,
  }),
);

export const Why = named("Why", z.strictObject({ facts: z.array(z.strictObject({ name: text, text })) }));

// Dub's shapes.

named("DubLink", DubLink);
named("DubTag", DubTag);

const metrics = { clicks: count, leads: count, sales: count, saleAmount: count };
const star = z.literal("*");

const DubCount = named("DubCount", z.strictObject(metrics));

const rowsWith = (fields: Record<string, z.ZodType>) => z.array(z.strictObject({ ...fields, ...metrics }));

const DubRows = named(
  "DubRows",
  z.union([
    rowsWith({ start: text }),
    ...["continent", "device", "browser", "os", "trigger", "referer", "refererUrl", "url", "domain"].map((name) =>
      rowsWith({ [name]: text }),
    ),
    ...["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"].map((name) =>
      rowsWith({ [name]: text }),
    ),
    rowsWith({ country: text, region: star, city: star }),
    rowsWith({ country: text, region: text, city: star }),
    rowsWith({ country: text, region: text, city: text }),
    rowsWith({ folderId: text, folder: z.strictObject({ id: text, name: text }) }),
    rowsWith({ tagId: text, tag: DubTag }),
    rowsWith({ partnerId: text, partner: z.strictObject({ id: text, name: text, image: z.null() }) }),
    rowsWith({
      ...{ link: text, id: text, domain: text, key: text, shortLink: text, url: text, createdAt: text },
      ...{ title: textOrNull, comments: textOrNull, folderId: textOrNull, partnerId: textOrNull },
    }),
  ]),
);

export const DubAnalytics = named("DubAnalytics", z.union([DubCount, DubRows]));

export const DubEvents = named(
  "DubEvents",
  z.array(
    z.strictObject({
      event: z.literal("click"),
      timestamp: time,
      click: z.strictObject({
        ...{ id: text, timestamp: time, url: text, country: text, city: text, region: text, continent: text },
        ...{ device: text, browser: text, os: text, ua: textOrNull, trigger: textOrNull },
        ...{ referer: text, refererUrl: text, qr: z.boolean(), ip: text },
      }),
      link: DubLink,
      ...{ click_id: text, link_id: text, domain: text, key: text, url: text, continent: text, country: text },
      ...{ city: text, device: text, browser: text, os: text, qr: z.int(), ip: text },
    }),
  ),
);
