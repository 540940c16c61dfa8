import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportClicks } from "@/lib/api/clicks-file";
import { exportFile } from "@/lib/api/export";
import { createFeed } from "@/lib/api/live/new-clicks";
import { answerAnalytics } from "@/lib/api/v1/analytics";
import { answerEvents } from "@/lib/api/v1/events";
import { db } from "@/lib/base/db";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { ALL_ROWS, type FieldName, type HideableColumn, question, type Scope } from "@/lib/question/question";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { click, insertClicks, insertLinks, manyClicks, OWNER } from "./rows";

const NOW = new Date("2026-11-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);
const IDS = ["a", "b", "c", "gone"];
/** Of each kind of dimension some: the others are made by the same statements. */
const KEYS = ["linkId", "domain", "tagId", "folderId", "country", "city", "bot", "hour"] as const;
const FIELDS: FieldName[] = ["title", "key", "archived", "externalId", "city"];

let mirrored: Mirrored | null = null;

beforeEach(async () => {
  const shared = { id: "t", name: "Tea", color: null };
  await insertLinks([
    { id: "a", domain: "one.example", key: "x", shortLink: "https://one.example/x", title: "Shoes", tags: [shared] },
    { id: "b", domain: "two.example", key: "_root", shortLink: "https://two.example", tags: [{ id: "u", name: "Us" }] },
    {
      ...{
        id: "c",
        domain: "one.example",
        key: "X",
        shortLink: "https://one.example/X",
        folderId: "f",
        archived: true,
      },
      ...{ tags: [shared], payload: { externalId: "crm" } },
    },
  ]);
  const clicks = manyClicks().map((row, index) => ({
    ...row,
    linkId: index % 11 === 0 ? "gone" : row.linkId,
    visitor: `visitor ${index % 7}`,
    ip: "198.51.100.7",
  }));
  const since = (linkId: string, day: number) => ({
    ...{ linkId, url: `https://shop.example/${day}`, since: new Date(Date.UTC(2026, 9, day)) },
  });
  await db().destination.createMany({ data: IDS.flatMap((id) => [since(id, 1), since(id, 2)]) });
  // The newest click of all is on a link that most scopes do not show.
  await insertClicks([...clicks, click({ linkId: "b", clickedAt: NOW, country: "SE", visitor: "visitor 1" })]);
});

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

const QUERIES = [
  "interval=30d&compare=previous&timezone=America/New_York",
  "interval=all&bots=exclude&any.linkId=b,c&any.country=US",
];

/** The numbers of a few clicks of each link. */
async function someSeqs(): Promise<{ seq: string; linkId: string }[]> {
  const clicks = await db().click.findMany({ select: { seq: true, linkId: true }, orderBy: { seq: "asc" } });
  return IDS.flatMap((id) => clicks.filter(({ linkId }) => linkId === id).slice(0, 2)).map(({ seq, linkId }) => ({
    seq: String(seq),
    linkId,
  }));
}

/** What somebody is told who asks everything that may be asked of some clicks. */
async function everyAnswer(scope: Scope, query: string): Promise<Record<string, unknown>> {
  const asked = filters(query);
  expect(asked.problems).toEqual([]);
  const first = await answer(question(scope, { kind: "clicks", limit: 40, before: null, after: null }, asked));
  const { rows: _rows, ...cursors } = first;
  const told: Record<string, unknown> = { first, cursors };
  for (const kind of ["totals", "series", "heatMap", "weeksBefore", "sameValues"] as const)
    told[kind] = await answer(question(scope, { kind }, asked));
  for (const kind of ["linkSeries", "lifetimes", "alignedSeries"] as const)
    told[kind] = await answer(question(scope, { kind, ids: IDS }, asked));
  for (const id of IDS)
    told[`band of ${id}`] = await answer(question(scope, { kind: "band", id, step: "day", steps: 9 }, asked));
  for (const key of KEYS) told[`by ${key}`] = await answer(question(scope, { kind: "breakdown", key }, asked));
  const rows = { ...ALL_ROWS, search: "s", limit: 5 };
  for (const key of ["linkId", "tagId", "country"] as const)
    told[`rows of ${key}`] = await answer(question(scope, { kind: "rows", key, rows }, asked));
  for (const field of FIELDS)
    told[`values of ${field}`] = await answer(
      question(scope, { kind: "values", field, search: null, limit: 50 }, asked),
    );
  told.valueSearch = await answer(question(scope, { kind: "valueSearch", search: "s" }, asked));
  told.links = await answer(question(scope, { kind: "links", q: "", sort: "change", page: 1, pageSize: 9 }, asked));
  told.storedAfter = await answer(question(scope, { kind: "storedAfter", after: "0", limit: 1_000 }, asked));
  const {
    ms: _ms,
    answeredBy: _answeredBy,
    ...why
  } = await answer(question(scope, { kind: "why", figure: "count" }, asked));
  told.why = why;
  told.sparklines = await answerAnalytics(scope, asked, new URLSearchParams("groupBy=sparklines"));
  told.events = await answerEvents(scope, asked, new URLSearchParams("limit=50&words=true"));
  told.full = await answer(question(scope, { kind: "clicksInFull", limit: 50, offset: 1, oldestFirst: true }, asked));
  told.file = await (await exportClicks(scope, asked, null)).text();
  told.linksFile = await (await exportFile(scope, asked, "top_links.csv")).text();
  return told;
}

/** What somebody is told who asks by name. */
async function everyNamed(scope: Scope, seqs: { seq: string; linkId: string }[]): Promise<Record<string, unknown>> {
  return {
    labels: await answer(question(scope, { kind: "labels", ids: IDS })),
    found: await answer(question(scope, { kind: "linkSearch", search: "" })),
    destinations: await Promise.all(IDS.map((id) => answer(question(scope, { kind: "destinations", id })))),
    tags: await answer(question(scope, { kind: "tagNames", ids: ["t", "u"] })),
    payloads: await answer(question(scope, { kind: "linkPayloads", ids: IDS })),
    arrivals: (await answer(question(scope, { kind: "arrivals", after: "0", limit: 1_000 }))).clicks,
    newest: await answer(question(scope, { kind: "newestSeq" })),
    first: await answer(question(scope, { kind: "firstClick" })),
    clicks: await answer(question(scope, { kind: "clicksBySeq", seqs: seqs.map(({ seq }) => seq) })),
    each: await Promise.all(seqs.map(({ seq }) => answer(question(scope, { kind: "click", seq })))),
    others: await Promise.all(seqs.map((one) => answer(question(scope, { kind: "visitorClicks", click: one })))),
    // Somebody may name a link that they see with a click that they do not.
    lying: await Promise.all(
      seqs.map(({ seq }) => answer(question(scope, { kind: "visitorClicks", click: { seq, linkId: "a" } }))),
    ),
  };
}

const WITHOUT_TAG: Scope["links"] = [{ field: "tagId", op: "isNot", values: ["t"] }];
const CASES: [name: string, engine: string, links: Scope["links"], seen: string[]][] = [
  ["named links", "Postgres", [{ field: "linkId", op: "is", values: ["a", "c"] }], ["a", "c"]],
  ["links of a domain", "the mirror", [{ field: "domain", op: "is", values: ["one.example"] }], ["a", "c"]],
  ["links without a tag, unknown ones among them", "Postgres", WITHOUT_TAG, ["b", "gone"]],
  ["links without a tag, unknown ones among them", "the mirror", WITHOUT_TAG, ["b", "gone"]],
  ["all links but one", "the mirror", [{ field: "linkId", op: "isNot", values: ["b"] }], ["a", "c", "gone"]],
  [
    ...(["links of which two things are true", "Postgres"] as const),
    [
      { field: "domain", op: "is", values: ["one.example"] },
      { field: "archived", op: "is", values: ["false"] },
    ],
    ["a"],
  ],
  ["no link", "Postgres", [{ field: "linkId", op: "is", values: [] }], []],
];

test.each(CASES)(
  "a scope of %s is told by %s what it would be told if there were no others",
  async (_, engine, links, seen) => {
    const scope: Scope = { ...OWNER, links };
    if (engine === "the mirror") mirrored = await startMirror();
    const seqs = await someSeqs();
    const told = [await everyNamed(scope, seqs)];
    for (const query of QUERIES) told.push(await everyAnswer(scope, query));
    if (mirrored) expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
    await mirrored?.stop();
    mirrored = null;
    await db().click.deleteMany({ where: { linkId: { notIn: seen } } });
    await db().link.deleteMany({ where: { id: { notIn: seen } } });
    await db().destination.deleteMany({ where: { linkId: { notIn: seen } } });
    const alone = [await everyNamed(OWNER, seqs)];
    for (const query of QUERIES) alone.push(await everyAnswer(OWNER, query));
    expect(told).toEqual(alone);
  },
);

test("a band is of links within the scope alone, and of none of a link outside of it", async () => {
  const tagged = (id: string, domain: string) => ({ id, domain, tags: [{ id: "few", name: "Few", color: null }] });
  const own = ["d", "e", "f", "g", "h", "i"];
  await insertLinks([...own.map((id) => tagged(id, "one.example")), tagged("j", "two.example")]);
  const clickedAt = new Date("2026-11-01T10:00:00Z");
  const named = [...own, ...Array.from({ length: 9 }, () => "j")];
  const clicks = named.map((linkId, at) => click({ linkId, clickedAt, clickId: `band_${at}` }));
  await db().click.createMany({ data: clicks });
  const bandOf = (scope: Scope, id: string) =>
    answer(question(scope, { kind: "band", id, step: "day", steps: 1 }, filters(ALL)));
  const of = { field: "tagId", value: "few", name: "Few" };
  expect(await bandOf(OWNER, "d")).toEqual({ of, links: 6, low: [1], high: [1] });
  const scope: Scope = { ...OWNER, links: [{ field: "domain", op: "is", values: ["one.example"] }] };
  expect(await bandOf(scope, "d")).toEqual({ of, links: 5, low: [1], high: [1] });
  expect(await bandOf({ ...OWNER, links: [{ field: "linkId", op: "isNot", values: ["i"] }] }, "d")).toMatchObject({
    links: 5,
  });
  expect(await bandOf(scope, "j")).toBeNull();
});

test("who watches live is told of new clicks on their links, and of no others", async () => {
  const scope: Scope = { ...OWNER, links: [{ field: "domain", op: "is", values: ["one.example"] }] };
  const feed = await createFeed(scope, () => filters("interval=all"), null);
  const place = feed.place();
  await db().click.create({ data: click({ linkId: "b", clickId: "theirs" }) });
  expect(await feed.next()).toEqual({ clicks: [], place, omitted: 0 });
  await db().click.create({ data: click({ linkId: "c", clickId: "mine" }) });
  expect((await feed.next()).clicks.map(({ clickId }) => clickId)).toEqual(["mine"]);
});

const HIDDEN: HideableColumn[] = ["city", "utmTerm", "ip", "visitor", "urlRaw"];
const HIDING: Scope = { ...OWNER, hidden: HIDDEN };
const ALL = "interval=all";

test("hidden columns are in no answer of clicks", async () => {
  const part = { kind: "clicks", limit: 1_000, before: null, after: null } as const;
  const all = await answer(question(OWNER, part, filters(ALL)));
  const page = await answer(question(HIDING, part, filters(ALL)));
  expect(all.rows.filter(({ city }) => city !== null).length).toBeGreaterThan(100);
  expect(page).toEqual({ ...all, rows: all.rows.map((row) => ({ ...row, city: null, utmTerm: null })) });
  const seqs = page.rows.slice(0, 30).map(({ seq }) => seq);
  expect(await answer(question(HIDING, { kind: "clicksBySeq", seqs }))).toEqual(page.rows.slice(0, 30));
  for (const seq of seqs) {
    const [whole, shown] = await Promise.all(
      [OWNER, HIDING].map((scope) => answer(question(scope, { kind: "click", seq }))),
    );
    expect(whole?.ip).not.toBeUndefined();
    expect(shown).toEqual({ ...whole, city: null, utmTerm: null, ip: null, visitor: null, urlRaw: null });
  }
  const [, ...records] = parse(await (await exportClicks(HIDING, filters(ALL), "city,utm_term")).text()) as string[][];
  expect(records).toHaveLength(all.rows.length);
  expect(new Set(records.map(String))).toEqual(new Set(["Unknown,(none)"]));
});

test("whose clicks they are is not told where visitors are hidden, and their city where that is", async () => {
  const [one] = await someSeqs();
  const clicks = { seq: one?.seq ?? "", linkId: one?.linkId ?? "" };
  const others = await answer(question(OWNER, { kind: "visitorClicks", click: clicks }));
  expect(others.onLink.total).toBeGreaterThan(5);
  const none = { rows: [], total: 0 };
  expect(await answer(question(HIDING, { kind: "visitorClicks", click: clicks }))).toEqual({
    onLink: none,
    elsewhere: none,
  });
  const shown = await answer(question({ ...OWNER, hidden: ["city"] }, { kind: "visitorClicks", click: clicks }));
  expect(shown.onLink.total).toBe(others.onLink.total);
  expect([...shown.onLink.rows, ...shown.elsewhere.rows].every(({ city }) => city === null)).toBe(true);
});

test("nothing can be asked by what is hidden", async () => {
  const nothing = { rows: [], rowCount: 0, total: 0 };
  expect(await answer(question(HIDING, { kind: "breakdown", key: "city" }, filters(ALL)))).toEqual(nothing);
  expect(await answer(question(HIDING, { kind: "rows", key: "utm_term", rows: ALL_ROWS }, filters(ALL)))).toEqual(
    nothing,
  );
  const asked = { kind: "values", field: "city", search: null, limit: 9 } as const;
  expect(await answer(question(HIDING, asked, filters(ALL)))).toEqual(nothing);
  for (const query of ["utm_term=shoes", "city=-Springfield", "any.utm_term.contains=s&any.country=US"])
    expect(await answer(question(HIDING, { kind: "totals" }, filters(`${ALL}&${query}`)))).toMatchObject({ clicks: 0 });
  const same = await answer(
    question({ ...OWNER, hidden: ["country"] }, { kind: "sameValues" }, filters(`${ALL}&linkId=zz`)),
  );
  expect(same.size).toBe(0);
  const found = await answer(question(HIDING, { kind: "valueSearch", search: "s" }, filters(ALL)));
  const byOwner = await answer(question(OWNER, { kind: "valueSearch", search: "s" }, filters(ALL)));
  expect(found).toEqual(byOwner.filter(({ field }) => field !== "city" && field !== "utm_term"));
  expect(found.length).toBeLessThan(byOwner.length);
  // A city is told with its region and country.
  const hidden: Scope = { ...OWNER, hidden: ["country"] };
  for (const key of ["country", "region", "city"] as const)
    expect(await answer(question(hidden, { kind: "breakdown", key }, filters(ALL)))).toEqual(nothing);
});
