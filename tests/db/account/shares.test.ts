import { expect, test } from "vitest";
import { powersOf } from "@/lib/account/roles";
import { findShare, listShares, readShared, revokeShare } from "@/lib/account/shares/store";
import type { Viewer } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { withoutOwn } from "@/lib/question/codec/facets";
import { filtersFromParams } from "@/lib/question/codec/read";
import { ALL_ROWS, EVERYTHING, type Filters, type Kind, question, type Show } from "@/lib/question/question";
import { click } from "../query/rows";
import { made, NOW, OWNER, onMirror } from "./share-world";

/** Everything that a share link's page may ask. */
const SHOWS: Show<Kind>[] = [
  ...(["totals", "series", "heatMap", "sameValues"] as const).map((kind) => ({ kind })),
  ...DIMENSIONS.map(({ key }) => ({ kind: "breakdown" as const, key, rows: { limit: 5 }, facet: true })),
  ...(["linkId", "tagId", "country", "url"] as const).map((key) => ({
    ...{ kind: "rows" as const, key, facet: true },
    rows: { ...ALL_ROWS, search: "s", limit: 20 },
  })),
];

const LOCKED =
  "interval=30d&compare=previous&bots=exclude&timezone=America/New_York&country=US&any.device=Mobile&any.browser=Chrome";
const CASES: [engine: string, share: object, address: string, same: string][] = [
  ["Postgres", { query: LOCKED }, "", LOCKED],
  ["the mirror", { query: LOCKED }, "", LOCKED],
  [
    "Postgres",
    { query: LOCKED },
    "interval=all&bots=include&timezone=UTC&compare=year&city=Springfield",
    `${LOCKED}&city=Springfield`,
  ],
  [
    "the mirror",
    { query: LOCKED },
    "start=2020-01-01&country=-US&browser=Chrome",
    `${LOCKED}&country=-US&browser=Chrome`,
  ],
  [
    "the mirror",
    { path: "/links/a", query: "interval=all" },
    "linkId=b&os=iOS",
    "interval=all&linkId=a&linkId=b&os=iOS",
  ],
  [
    "Postgres",
    { query: "interval=all&domain=one.example&hour=3,4,5" },
    "any.tagId=t&any.os=iOS",
    "interval=all&domain=one.example&hour=3,4,5&any.tagId=t&any.os=iOS",
  ],
  [
    "Postgres",
    { query: "interval=all&country=DE", mayFilter: false },
    "country=US&interval=24h&linkId=b",
    "interval=all&country=DE",
  ],
  ["the mirror", { query: "interval=lastWeek", range: "fixed" }, "interval=all", "start=2026-11-02&end=2026-11-08"],
];

/** The same question of somebody who sees everything: the locked conditions and the reader's, but a facet's own. */
function unlocked(show: Show<Kind>, asked: Filters, filters: Filters): Filters {
  const own = "key" in show ? withoutOwn(filters, show.key) : filters;
  return {
    ...asked,
    granularity: filters.granularity,
    conditions: [...asked.conditions, ...own.conditions],
    anyOf: [...asked.anyOf, ...own.anyOf],
  };
}

test.each(CASES)(
  "%s tells the readers of a share link %j at %j what its maker is told by %s",
  async (engine, share, address, same) => {
    const link = await made(share);
    const mirrored = engine === "the mirror" ? await onMirror() : null;
    const { asked, scope, filters } = readShared(link, new URLSearchParams(address), NOW);
    const maker = filtersFromParams(new URLSearchParams(same), NOW);
    expect(maker.problems).toEqual([]);
    const totals = { kind: "totals" } as const;
    expect(await answer(question(scope, totals, filters))).toEqual(await answer(question(EVERYTHING, totals, maker)));
    for (const show of SHOWS as Show<"breakdown">[]) {
      const theirs = await answer(question(scope, show, filters));
      const plain = { ...show, facet: false };
      expect(theirs, JSON.stringify(show)).toEqual(
        await answer(question({ ...EVERYTHING, links: scope.links }, plain, unlocked(show, asked, filters))),
      );
    }
    if (mirrored) expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
  },
);

test("nothing else can be asked with a share link, and no link, tag or folder without a click there is named", async () => {
  const link = await made({ query: "interval=all&domain=one.example&tagId=t" });
  const { scope, filters } = readShared(link, new URLSearchParams(), NOW);
  const others: Show<Kind>[] = [
    { kind: "clicks", limit: 5, before: null, after: null },
    { kind: "links", q: "", sort: "clicks", page: 1, pageSize: 5 },
    { kind: "values", field: "country", search: null, limit: 5 },
    { kind: "valueSearch", search: "s" },
    { kind: "why", figure: "count" },
    { kind: "storedAfter", after: "0", limit: 5 },
    { kind: "linkSearch", search: "" },
    { kind: "linkPayloads", ids: ["a"] },
    { kind: "clicksInFull", limit: 5, offset: 0, oldestFirst: false },
    { kind: "arrivals", after: "0", limit: 5 },
    { kind: "identity" },
    { kind: "destinations", id: "a" },
    { kind: "click", seq: "1" },
    { kind: "clicksBySeq", seqs: ["1"] },
    { kind: "visitorClicks", click: { seq: "1", linkId: "a" } },
    { kind: "newestSeq" },
    { kind: "weeksBefore" },
    { kind: "linkSeries", ids: ["a"] },
    { kind: "lifetimes", ids: ["a"] },
    { kind: "alignedSeries", ids: ["a"] },
    { kind: "band", id: "a", step: "day", steps: 3 },
  ];
  for (const show of others)
    await expect(answer(question(scope, show as Show<"why">, filters)), show.kind).rejects.toMatchObject({
      code: "forbidden",
    });
  const names = await answer(question(scope, { kind: "labels", ids: ["a", "b", "c"] }));
  expect([...names.keys()]).toEqual(["a"]);
  expect([...(await answer(question(scope, { kind: "tagNames", ids: ["t", "u"] }))).keys()]).toEqual(["t"]);
  expect((await answer(question(scope, { kind: "folderNames", ids: ["f"] }))).size).toBe(0);
  const strict = readShared(await made({ mayFilter: false }), new URLSearchParams(), NOW);
  const filtered = {
    ...strict.filters,
    conditions: [{ field: "country", op: "is", values: ["US"] }],
  } satisfies Filters;
  await expect(answer(question(strict.scope, { kind: "totals" }, filtered))).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a share link shows at most what its maker saw, also when that changes", async () => {
  const links = { linkId: [], domain: ["one.example"], tagId: [], folderId: [] };
  await db().user.create({ data: { id: "m", name: "m", email: "m@example.com", role: "member", links } });
  const member: Viewer = {
    ...{ userId: "m", role: "member", hidden: [], links: [{ field: "domain", op: "is", values: ["one.example"] }] },
    powers: powersOf("member", { mayExport: true, isLimited: true }),
  };
  const link = await made({ query: "interval=all" }, member);
  const count = async () => {
    const { scope, filters } = readShared(link, new URLSearchParams(), NOW);
    const { rows, total } = await answer(question(scope, { kind: "breakdown", key: "domain" }, filters));
    return { rows: rows.map(({ value }) => value), total };
  };
  const expected = await db().click.count({ where: { linkId: { in: ["a", "c"] } } });
  expect(await count()).toEqual({ rows: ["one.example"], total: expected });
  await db().user.update({ where: { id: "m" }, data: { links: { ...links, domain: ["two.example"] } } });
  expect(await count()).toEqual({ rows: ["one.example"], total: expected });
  await expect(made({ path: "/links/b" }, member)).rejects.toMatchObject({ message: expect.stringMatching(/^path: /) });
  await db().user.delete({ where: { id: "m" } });
  expect((await listShares(OWNER)).map(({ id, by }) => [id, by])).toEqual([[link.id, null]]);
});

test("a frozen link shows what was stored when it was made, on both engines, in the range of then", async () => {
  const link = await made({ query: "interval=30d&timezone=UTC", range: "frozen" });
  const later = new Date(NOW.getTime() + 20 * 24 * 60 * 60 * 1_000);
  const read = async () => {
    const { scope, filters } = readShared(link, new URLSearchParams(), later);
    return {
      ...{ totals: await answer(question(scope, { kind: "totals" }, filters)), range: filters.range },
      series: await answer(question(scope, { kind: "series" }, filters)),
    };
  };
  const before = await read();
  expect(before.totals.clicks).toBe(600);
  // One that comes late, and one that is new.
  const add = (clickedAt: string, clickId: string) =>
    db().click.create({ data: click({ clickedAt: new Date(clickedAt), clickId, receivedAt: later }) });
  await add("2026-11-10T10:00:00Z", "late");
  await add("2026-11-16T10:00:00Z", "new");
  expect(await read()).toEqual(before);
  const mirrored = await onMirror();
  expect(await read()).toEqual(before);
  expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
});

test("these days are the same days later, also where the view has no end", async () => {
  const later = new Date("2026-12-20T12:00:00Z");
  for (const query of ["start=2026-11-01", "interval=mtd", "interval=all", "start=2026-11-01&end=2026-11-15"]) {
    const link = await made({ query: `${query}&timezone=UTC`, range: "fixed" });
    const { asked } = readShared(link, new URLSearchParams(), later);
    const from = query === "interval=all" ? null : new Date("2026-11-01T00:00:00Z");
    expect(asked.range, query).toEqual({ interval: null, from, to: new Date("2026-11-16T00:00:00Z") });
  }
});

test("what can't be read of a link's question any more shows nothing", async () => {
  const link = await made({ query: "interval=all" });
  const { scope, filters } = readShared({ ...link, query: "interval=all&planet=mars" }, new URLSearchParams(), NOW);
  expect(await answer(question(scope, { kind: "totals" }, filters))).toMatchObject({ clicks: 0 });
});

test("the first click of all is told only where it is shown", async () => {
  const first = async (query: string) => {
    const { scope } = readShared(await made({ query: `${query}&timezone=UTC` }), new URLSearchParams(), NOW);
    return (await answer(question(scope, { kind: "firstClick" })))?.toISOString().slice(0, 10);
  };
  expect(await first("interval=all")).toBe("2026-10-25");
  expect(await first("interval=7d")).toBe("2026-11-09");
  expect(await first("interval=7d&compare=previous")).toBe("2026-11-02");
});

test("a link is closed once it is revoked or expired, and by its maker or whoever changes settings", async () => {
  const link = await made({});
  const stranger: Viewer = {
    ...OWNER,
    userId: "s",
    role: "member",
    powers: powersOf("member", { mayExport: true, isLimited: false }),
  };
  expect(await listShares(stranger)).toEqual([]);
  await expect(revokeShare(stranger, link.id)).rejects.toMatchObject({ code: "not_found" });
  expect(await findShare(link.token)).toMatchObject({ id: link.id });
  expect(await revokeShare(OWNER, link.id)).toEqual({ name: "For you" });
  expect(await findShare(link.token)).toBeNull();
  await expect(revokeShare(OWNER, link.id)).rejects.toMatchObject({ code: "not_found" });
  const late = await made({ expiresAt: "2999-01-01T00:00:00Z" }, OWNER).catch((error: Error) => error);
  expect(String(late)).toContain("within ten years");
  const other = await made({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
  await db().share.update({ where: { id: other.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await findShare(other.token)).toBeNull();
  expect((await listShares(OWNER)).map(({ state }) => state)).toEqual(["expired", "revoked"]);
});

test("a share link opens with the tabs of its view, and readers choose others", async () => {
  const link = await made({ query: "interval=all&places=regions&week=total&show=country&page=2&find=x" });
  const opened = (address: string) => {
    const { params, filters } = readShared(link, new URLSearchParams(address), NOW);
    expect(filters.problems).toEqual([]);
    return params.toString();
  };
  expect(opened("")).toBe("places=regions&week=total");
  expect(opened("places=countries&week=median")).toBe("places=countries&week=median");
  expect(opened("show=url&city=Springfield")).toBe("places=regions&week=total&show=url&city=Springfield");
  const { scope, filters } = readShared(link, new URLSearchParams(), NOW);
  expect((await answer(question(scope, { kind: "totals" }, filters))).clicks).toBe(600);
});
