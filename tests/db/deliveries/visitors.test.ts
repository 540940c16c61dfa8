import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import type { VisitorPeriod } from "@/lib/base/privacy";
import { DAY } from "@/lib/base/time";
import { storeSpooled } from "@/lib/deliveries/commit";
import { deleteExpired } from "@/lib/deliveries/delete-expired";
import { changePrivacy } from "@/lib/deliveries/privacy/settings";
import { bytes, clickPayload } from "@/tests/factory";
import { deliver, NOW } from "./deliver";

const IP = "198.51.100.9";
const change = (visitorPeriod: VisitorPeriod) => changePrivacy({ visitorPeriod }, NOW);
const at = (id: string, timestamp: string, ip: string | null = IP) => clickPayload({ click: { id, timestamp, ip } });

/** Which clicks have one visitor: "ab c" is one visitor of a and b, and another one of c. */
async function groups(): Promise<string> {
  const rows = await db().click.findMany({ orderBy: { clickId: "asc" } });
  const by = new Map<string | null, string>();
  for (const { visitor, clickId } of rows) by.set(visitor, `${by.get(visitor) ?? ""}${clickId}`);
  return [...by.values()].join(" ");
}
/** Salts were made at a time of the tests, not of this machine. */
const makeSalts = (madeAt: Date) => db().visitorSalt.updateMany({ data: { madeAt } });
const salts = () => db().visitorSalt.findMany({ orderBy: { period: "asc" } });

const EDGES = [
  at("a", "2026-07-31T23:59:59.999Z"),
  at("b", "2026-08-01T00:00:00.000Z"),
  // The day before in Los Angeles, and the same in UTC.
  at("c", "2026-07-31T17:30:00.000-07:00"),
  // The day after in Kiritimati, and the same in UTC.
  at("d", "2026-08-02T13:59:00.000+14:00"),
  at("e", "2026-08-02T00:00:00.000Z"),
];

test.each([
  ["never", "abcde", []],
  ["monthly", "a bcde", ["2026-07", "2026-08"]],
  ["daily", "a bcd e", ["2026-07-31", "2026-08-01", "2026-08-02"]],
] as const)(
  "visitors that change %s do so at the edge of a period in UTC, whatever zone a click names",
  async (period, expected, periods) => {
    await change(period);
    await deliver(...EDGES);
    expect(await groups()).toBe(expected);
    expect((await salts()).map((row) => row.period)).toEqual(periods);
  },
);

test("without a period, a visitor is to the byte what every version stored", async () => {
  await deliver(clickPayload({ click: { id: "a", ip: "198.51.100.7", ua: "curl/8.5.0" } }));
  const [{ visitor } = { visitor: null }] = await db().click.findMany();
  // HMAC-SHA256 of address, a zero byte and user agent with the tests' key.
  const hash = createHmac("sha256", process.env.SECRET_KEY ?? "")
    .update("198.51.100.7\0curl/8.5.0")
    .digest();
  expect(visitor).toBe(hash.subarray(0, 16).toString("base64url"));
});

test("estimated visitors change as well", async () => {
  await change("daily");
  await deliver(
    ...EDGES.map((click) => ({ ...click, data: { ...click.data, click: { ...click.data.click, ip: null } } })),
  );
  expect(await groups()).toBe("a bcd e");
});

test("a change applies to clicks from then on", async () => {
  await deliver(at("a", "2026-08-10T08:00:00Z"));
  await change("daily");
  await deliver(at("b", "2026-08-10T09:00:00Z"));
  await change("never");
  await deliver(at("c", "2026-08-10T10:00:00Z"));
  expect(await groups()).toBe("ac b");
});

test("a click that comes late, or out of a spool, is of the visitor of its own day while the salt is there", async () => {
  await change("daily");
  await deliver(at("a", "2026-08-14T10:00:00Z"), at("b", "2026-08-15T10:00:00Z"));
  await makeSalts(new Date("2026-08-14T10:00:00Z"));
  await deleteExpired(new Date("2026-08-16T23:59:59Z"));
  await deliver(at("c", "2026-08-14T11:00:00Z"));
  const end = { segment: 1, position: 3, file: null };
  await storeSpooled("spool", null, [
    { receivedAt: NOW, secretId: 7, body: bytes(at("d", "2026-08-14T12:00:00Z")), end },
  ]);
  expect(await groups()).toBe("acd b");

  // Two days after its end nobody can tell who it was; later clicks of that day are of one other visitor.
  await deleteExpired(new Date("2026-08-17T00:00:00Z"));
  expect((await salts()).map(({ salt }) => salt === null)).toEqual([true, false]);
  await deliver(at("e", "2026-08-14T13:00:00Z"), at("f", "2026-08-14T14:00:00Z"));
  expect(await groups()).toBe("acd b ef");
  // A long spool of that day: what is made for it isn't thrown away every hour.
  await makeSalts(NOW);
  await deleteExpired(new Date(NOW.getTime() + 2 * DAY - 1));
  await deliver(at("g", "2026-08-14T15:00:00Z"));
  expect(await groups()).toBe("acd b efg");
  await deleteExpired(new Date(NOW.getTime() + 2 * DAY));
  await deliver(at("h", "2026-08-14T16:00:00Z"));
  expect(await groups()).toBe("acd b efg h");
  await makeSalts(NOW);
  await deleteExpired(new Date(NOW.getTime() + 30 * DAY));
  expect((await salts()).filter(({ salt }) => salt !== null)).toEqual([]);
});

test("servers that store a period's first clicks at the same time use one salt", async () => {
  await change("daily");
  const ids = [..."abcdefgh"];
  await Promise.all(
    ids.map((id, n) =>
      deliver(at(id, `2026-08-1${n % 2}T10:00:00Z`), at(`${id}2`, `2026-08-1${(n + 1) % 2}T11:00:00Z`)),
    ),
  );
  const rows = await db().click.groupBy({ by: ["visitor"], _count: true });
  expect(rows.map(({ _count }) => _count)).toEqual([8, 8]);
});

test("a copy of a click is a duplicate although its salt is another one by then", async () => {
  await change("daily");
  await deliver(at("a", "2026-08-10T10:00:00Z"));
  await makeSalts(new Date("2026-08-10T10:00:00Z"));
  await deleteExpired(NOW);
  expect(await deliver(at("a", "2026-08-10T10:00:00Z"), at("a", "2026-08-10T10:20:00Z"))).toEqual([
    "duplicate",
    "duplicate",
  ]);
});
