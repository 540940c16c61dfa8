import { expect, test, vi } from "vitest";
import { type Reader, signInTo } from "./ask";
import { createRig, LIMIT, PATIENCE, takenMore } from "./rig";
import { createSender } from "./sender";

const rig = createRig();

const NOTE = "The database is unreachable.";
const COUNT = "/api/v1/analytics?interval=all&groupBy=count";
const PAGES = ["/?interval=30d", "/links?interval=30d", "/compare?interval=30d"].map((path) => `${path}&timezone=UTC`);

async function clicksOf(reader: Reader, path = COUNT): Promise<unknown> {
  const { status, text } = await reader.read(path);
  return status === 200 ? JSON.parse(text).clicks : status;
}

/** The total of the range that a page shows beside it. */
const totalOf = (html: string) => /([\d,]+)(<!-- -->)? clicks?/.exec(html)?.[1];

/** Opens pages while the database is there, takes it away, and looks at what they show, and again when it is back. */
async function expectReading(takeAway: (away: boolean) => void): Promise<void> {
  const server = await rig.serve("one");
  const sender = createSender([server.url], rig.chance(), "read");
  await takenMore(sender, 80);
  const { sent } = await sender.finish();
  await rig.expectProof(sent);

  const reader = await signInTo(server.url);
  const before = await clicksOf(reader);
  const shown = new Map<string, string | undefined>();
  for (const path of PAGES) {
    const { status, text } = await reader.read(`${path}&bots=include`);
    expect(status, path).toBe(200);
    expect(text).not.toContain(NOTE);
    expect(totalOf(text), path).toBe(String(before));
    shown.set(path, totalOf(text));
  }

  takeAway(true);
  const noted = async () => expect((await reader.read(`${PAGES[0]}&bots=include`)).text).toContain(NOTE);
  await vi.waitFor(noted, PATIENCE);
  for (const path of PAGES) {
    const { status, text } = await reader.read(`${path}&bots=include`);
    expect(status, path).toBe(200);
    expect(text, path).toContain(NOTE);
    expect(text, path).toMatch(/Figures are from (just now|\d+ (second|minute)s? ago)/);
    expect(totalOf(text), path).toBe(shown.get(path));
  }
  // Questions that nobody has asked before.
  expect(await clicksOf(reader)).toBe(before);
  expect(await clicksOf(reader, `${COUNT}&device=desktop`)).toEqual(expect.any(Number));
  const countries = await reader.read("/api/v1/analytics?interval=all&groupBy=countries&timezone=Asia/Tokyo");
  expect(countries.status).toBe(200);
  // What the database alone knows, and changes, say so.
  for (const path of ["/api/v1/events?interval=all", "/api/export/events.csv?interval=all", "/api/v1/clicks"]) {
    const { status, text } = await reader.read(path);
    expect([path, status]).toEqual([path, 503]);
    expect(JSON.parse(text).error).toMatchObject({ code: "unavailable", message: expect.stringContaining("database") });
  }
  // A stranger isn't taken for somebody.
  const stranger = await fetch(server.url + COUNT, { headers: { cookie: reader.cookie.replace(/=./, "=x") } });
  expect(stranger.status).toBe(503);

  const later = createSender([server.url], rig.chance(), "later");
  await takenMore(later, 20);
  const { sent: spooled, statuses } = await later.finish();
  expect([...statuses.keys()].filter((status) => ![202, "none"].includes(status))).toEqual([]);

  takeAway(false);
  await rig.expectProof([...sent, ...spooled]);
  await vi.waitFor(async () => expect(await clicksOf(reader)).toBeGreaterThan(Number(before)), PATIENCE);
  const { text } = await reader.read(`${PAGES[0]}&bots=include`);
  expect(text).not.toContain(NOTE);
}

test("while the database refuses connections, pages go on and say from when their figures are", LIMIT, () =>
  expectReading((away) => rig.line().refuse(away)),
);

test("nor does a database that doesn't answer any more keep them from it", LIMIT, () =>
  expectReading((away) => rig.line().stick(away)),
);
