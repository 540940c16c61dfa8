import { beforeEach, expect, test } from "vitest";
import { readInstallation } from "@/lib/account/preferences";
import { db } from "@/lib/base/db";
import { newestUncounted } from "@/lib/deliveries/list/rows";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { type LinksPart, question } from "@/lib/question/question";
import { click, insertClicks, insertLinks, OWNER } from "./rows";

const NOW = new Date("2026-08-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);
const FIRST: LinksPart = { q: "", sort: "clicks", page: 1, pageSize: 10 };

async function listed(query: string, part: Partial<LinksPart> = {}) {
  const { rows, total } = await answer(question(OWNER, { kind: "links", ...FIRST, ...part }, filters(query)));
  return { rows: rows.map(({ link, clicks }) => `${link.id} ${clicks}`), total };
}

beforeEach(async () => {
  await insertLinks([
    {
      id: "a",
      domain: "dub.sh",
      key: "alpha",
      shortLink: "https://dub.sh/alpha",
      url: "https://example.com/100%",
      title: "Summer Sale",
      tags: [{ id: "t1", name: "Red", color: "red" }, { id: "t2", name: "Plain" }, "broken"],
      createdAt: new Date("2026-01-01T00:00:00Z"),
    },
    {
      id: "b",
      domain: "dub.sh",
      key: "beta_1",
      shortLink: "https://dub.sh/beta_1",
      archived: true,
      createdAt: new Date("2026-03-01T00:00:00Z"),
    },
    { id: "c", domain: "c.example", key: "_root", deletedAt: new Date("2026-08-01T00:00:00Z") },
  ]);
  await insertClicks([
    click({ linkId: "b", country: "US" }),
    click({ linkId: "b", country: "DE" }),
    click({ linkId: "c", country: "US" }),
    click({ linkId: "c", clickedAt: new Date("2025-01-01T00:00:00Z") }),
  ]);
});

const A = {
  id: "a",
  domain: "dub.sh",
  key: "alpha",
  shortLink: "https://dub.sh/alpha",
  url: "https://example.com/100%",
  title: "Summer Sale",
  tags: [
    { id: "t1", name: "Red", color: "red" },
    { id: "t2", name: "Plain", color: null },
  ],
  folderId: null,
  archived: false,
  createdAt: new Date("2026-01-01T00:00:00Z"),
  deletedAt: null,
};

test("a link is known by its id, with the tags that can be read", async () => {
  expect(await answer(question(OWNER, { kind: "labels", ids: ["a", "nobody"] }))).toEqual(new Map([["a", A]]));
});

test("a breakdown by link says what is known of each", async () => {
  await insertClicks([click({ linkId: "stranger" })]);
  const { rows } = await answer(question(OWNER, { kind: "breakdown", key: "linkId" }, filters("country=-DE")));
  expect(rows.map(({ value, clicks, link }) => ({ value, clicks, key: link?.key }))).toEqual([
    { value: "b", clicks: 1, key: "beta_1" },
    { value: "c", clicks: 1, key: "_root" },
    { value: "stranger", clicks: 1, key: undefined },
  ]);
});

test("every link is listed, also without clicks, archived or deleted", async () => {
  expect(await listed("")).toEqual({ rows: ["b 2", "c 1", "a 0"], total: 3 });
});

test("links sort by clicks, by name, by age", async () => {
  expect((await listed("interval=all")).rows).toEqual(["b 2", "c 2", "a 0"]);
  expect((await listed("", { sort: "name" })).rows).toEqual(["a 0", "b 2", "c 1"]);
  expect((await listed("", { sort: "created" })).rows).toEqual(["b 2", "a 0", "c 1"]);
});

test("links sort by what they gained or lost since the comparison", async () => {
  const before = new Date("2026-07-05T12:00:00Z");
  await insertClicks(Array.from({ length: 3 }, () => click({ linkId: "a", clickedAt: before })));
  expect((await listed("compare=previous", { sort: "change" })).rows).toEqual(["b 2", "c 1", "a 0"]);
  expect((await listed("compare=previous", { sort: "loss" })).rows).toEqual(["a 0", "c 1", "b 2"]);
});

test("names sort as in a dictionary, with numbers by what they count", async () => {
  const named = (id: string, key: string) => ({ id, shortLink: `https://d.example/${key}` });
  await insertLinks([named("1", "item10"), named("2", "Item2"), named("3", "übung"), named("4", "vorn")]);
  const { rows } = await listed("", { sort: "name", q: "d.example" });
  expect(rows).toEqual(["2 0", "1 0", "3 0", "4 0"]);
});

test("pages follow each other and know the whole", async () => {
  expect(await listed("", { pageSize: 2 })).toEqual({ rows: ["b 2", "c 1"], total: 3 });
  expect(await listed("", { pageSize: 2, page: 2 })).toEqual({ rows: ["a 0"], total: 3 });
  expect(await listed("", { pageSize: 2, page: 3 })).toEqual({ rows: [], total: 3 });
});

test.each([
  ["summer", ["a"]],
  ["DUB.SH", ["a", "b"]],
  ["beta", ["b"]],
  ["example.com", ["a"]],
  ["100%", ["a"]],
  ["%", ["a"]],
  ["beta_1", ["b"]],
  ["dub_sh", []],
  [" summer ", ["a"]],
  ["\\", []],
])("the search %j finds %j", async (q, ids) => {
  const { rows } = await answer(question(OWNER, { kind: "links", ...FIRST, sort: "name", q }, filters("")));
  expect(rows.map(({ link }) => link.id)).toEqual(ids);
});

test("conditions on clicks change the numbers, conditions on links the list", async () => {
  expect(await listed("country=US", { sort: "name" })).toEqual({ rows: ["a 0", "b 1", "c 1"], total: 3 });
  expect(await listed("domain=dub.sh", { sort: "name" })).toEqual({ rows: ["a 0", "b 2"], total: 2 });
  expect(await listed("domain=-dub.sh")).toEqual({ rows: ["c 1"], total: 1 });
  expect(await listed("linkId=-a,c")).toEqual({ rows: ["b 2"], total: 1 });
  expect(await listed("tagId=t1")).toEqual({ rows: ["a 0"], total: 1 });
  expect(await listed("root=false&linkId=a,c")).toEqual({ rows: ["a 0"], total: 1 });
  expect(await listed("contry=US")).toEqual({ rows: [], total: 0 });
});

test("what has arrived is known: the newest delivery until the first click", async () => {
  await db().click.deleteMany();
  expect(await readInstallation()).toMatchObject({ hasClicks: false, hasDemo: false });
  expect(await newestUncounted()).toBeNull();
  const [early, late] = [new Date("2026-08-15T09:00:00Z"), new Date("2026-08-15T10:00:00Z")];
  await db().delivery.create({ data: { receivedAt: late, outcome: "quarantined", reason: "unreadable" } });
  await db().delivery.create({ data: { receivedAt: early, outcome: "test", reason: "sample" } });
  expect(await newestUncounted()).toEqual({ outcome: "quarantined", receivedAt: late });
  await insertClicks([click({})]);
  expect(await readInstallation()).toMatchObject({ hasClicks: true });
});

test("a tag has the name of the newest message about any of its links, in rows, chips and labels", async () => {
  const tagged = (id: string, name: string, hour: number) => ({
    ...{ id, tags: [{ id: "t9", name }], saidAt: new Date(Date.UTC(2026, 7, 10, hour)) },
  });
  await insertLinks([tagged("x", "Zebra", 1), tagged("y", "Middle", 3), tagged("z", "Apple", 2)]);
  await insertClicks([click({ linkId: "x" }), click({ linkId: "z" })]);
  const { rows } = await answer(question(OWNER, { kind: "breakdown", key: "tagId" }, filters("tagId=t9&interval=all")));
  expect(rows).toMatchObject([{ value: "t9", name: "Middle", clicks: 2 }]);
  expect((await answer(question(OWNER, { kind: "labels", ids: ["x"] }))).get("x")?.tags).toMatchObject([
    { id: "t9", name: "Middle" },
  ]);
});
