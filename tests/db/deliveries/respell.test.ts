import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { beginRespelling, respellAll, respellClicks, respellingProgress, respellLinks } from "@/lib/click/respell";
import { mirror } from "@/lib/engines/duckdb/process-mirror";
import type { Prisma } from "@/lib/generated/prisma/client";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { clickPayload } from "@/tests/factory";
import { answerFrom, type Mirrored, startMirror } from "../../naive/mirrored";
import { OWNER } from "../query/rows";
import { deliver } from "./deliver";

let mirrored: Mirrored | null = null;

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

const never = { isStopped: () => false, pauseMs: 0 };

const LINK = {
  id: "link_old",
  domain: "GO.example",
  key: "Ann",
  shortLink: "https://GO.example/Ann",
  url: "https://shop.example/",
  title: "Sa\u0303o ",
  tags: [{ id: "tag_1", name: "Cafe\u0301", color: "red" }],
  payload: {},
};

/** What 0.1.0 stored of one click that was sent in the way of an old or careless sender. */
function oldClick(at: number): Prisma.ClickCreateManyInput {
  const urlRaw = `https://SHOP.example:443/?utm_source=mail&amp;utm_medium=%20email&fbclid=${at}&via=ann`;
  return {
    linkId: LINK.id,
    clickId: `old_${at}`,
    clickedAt: new Date(Date.UTC(2026, 7, 1, 0, at)),
    receivedAt: new Date(Date.UTC(2026, 7, 1, 0, at)),
    slot: 0,
    continent: "EU",
    country: at % 2 === 0 ? "UK" : "XX",
    region: "UK-eng",
    city: "Sa\u0303o  Paulo",
    device: "desktop",
    browser: "mobile safari",
    os: at % 2 === 0 ? "macOS" : "Mac OS",
    trigger: "QR",
    referer: "News.example:8080",
    refererUrl: "https://NEWS.example",
    refererUrlRaw: "https://NEWS.example?q=1",
    url: urlRaw,
    baseUrl: "https://SHOP.example:443/",
    urlRaw,
    utmSource: "mail",
    bot: false,
    visitorEstimated: false,
  };
}

const NEW = {
  region: "GB-ENG",
  city: "São Paulo",
  device: "Desktop",
  browser: "Mobile Safari",
  os: "Mac OS",
  trigger: "qr",
  referer: "news.example",
  refererUrl: "https://news.example/",
  refererUrlRaw: "https://NEWS.example?q=1",
  url: "https://shop.example/?utm_source=mail&utm_medium=%20email",
  baseUrl: "https://shop.example/",
  utmSource: "mail",
  utmMedium: "email",
};

const filters = () => filtersFromParams(new URLSearchParams("interval=all"), new Date());

/** The rows of every dimension, as whoever answers now has them. */
async function everyRow() {
  const rows = [];
  for (const { key } of DIMENSIONS)
    rows.push([key, (await answer(question(OWNER, { kind: "breakdown", key }, filters()))).rows]);
  return rows;
}

async function rowsOfPostgres() {
  const before = mirror();
  answerFrom(null);
  const rows = await everyRow();
  answerFrom(before);
  return rows;
}

async function store(count: number): Promise<void> {
  await db().link.create({ data: LINK });
  await db().click.createMany({ data: Array.from({ length: count }, (_, at) => oldClick(at)) });
}

const countNew = () => db().click.count({ where: { device: "Desktop" } });

test("clicks of an earlier version get today's spelling, and the mirror follows", async () => {
  await store(20);
  mirrored = await startMirror();
  expect(await respellAll({ ...never, step: 7 })).toBe(true);

  const clicks = await db().click.findMany({ orderBy: { seq: "asc" } });
  expect(clicks.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => BigInt(at + 1)));
  for (const [at, click] of clicks.entries()) {
    expect(click).toMatchObject({ ...NEW, country: at % 2 === 0 ? "GB" : null, urlRaw: oldClick(at).urlRaw });
  }
  expect(await db().link.findUnique({ where: { id: LINK.id } })).toMatchObject({
    domain: "go.example",
    key: "Ann",
    shortLink: "https://go.example/Ann",
    title: "São",
    tags: [{ id: "tag_1", name: "Café", color: "red" }],
  });

  // The first question finds that the data is another, and has the mirror begin anew.
  await everyRow();
  await expect.poll(() => mirror()?.status().state, { timeout: 60_000 }).toBe("current");
  const answered = mirrored.tally.answered;
  expect(await everyRow()).toEqual(await rowsOfPostgres());
  expect(mirrored.tally.answered).toBeGreaterThan(answered);
});

test("it goes on where it was interrupted, while clicks arrive", async () => {
  await store(20);
  expect(await beginRespelling()).toBe(true);
  await respellLinks(() => false);
  await respellClicks(5);
  expect([await countNew(), await respellingProgress()]).toEqual([5, 0.25]);

  expect(await deliver(clickPayload({ click: { device: "desktop" } }))).toEqual(["counted"]);
  expect(await respellAll({ ...never, step: 4, isStopped: () => true })).toBe(false);
  expect(await countNew()).toBe(6);
  expect(await respellAll({ ...never, step: 4 })).toBe(true);

  expect([await countNew(), await db().click.count(), await respellingProgress()]).toEqual([21, 21, null]);
});

test("a step that fails leaves everything as it was, and is done again", async () => {
  await store(10);
  await beginRespelling();
  await respellClicks(4);
  await db().$executeRaw`alter table click add constraint no_more check (seq <> 7 or device <> 'Desktop')`;
  await expect(respellClicks(4)).rejects.toThrow();
  expect([await countNew(), await respellingProgress()]).toEqual([4, 0.4]);
  await db().$executeRaw`alter table click drop constraint no_more`;

  expect(await respellAll({ ...never, step: 4 })).toBe(true);
  expect(await countNew()).toBe(10);
});

test("of several servers one does a step at a time", async () => {
  await store(30);
  await beginRespelling();
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`select id from respelling where id = 1 for update`;
    expect((await respellClicks(5)).outcome).toBe("elsewhere");
  });
  const outcomes = await Promise.all([1, 2, 3].map(() => respellAll({ ...never, step: 3 })));

  expect(outcomes).toContain(true);
  while (!(await respellAll(never)));
  expect(await countNew()).toBe(30);
});

test("what has today's spelling is left alone, and no mirror begins anew for it", async () => {
  expect(await deliver(clickPayload())).toEqual(["counted"]);
  const generation = () => db().dataset.findFirst({ select: { generation: true } });
  const before = [await generation(), await db().click.findMany()];
  expect(await respellAll(never)).toBe(true);
  expect([await generation(), await db().click.findMany()]).toEqual(before);
});

test("clicks that a server of the earlier version stores meanwhile are brought along at the next start", async () => {
  expect(await respellAll(never)).toBe(true);
  await store(3);
  expect(await respellAll(never)).toBe(true);
  expect(await countNew()).toBe(3);
});
