import { beforeEach, expect, test } from "vitest";
import { POST as FILE } from "@/app/api/privacy/kept/file/route";
import { DELETE, POST as FIND } from "@/app/api/privacy/kept/route";
import { POST as PREVIEW } from "@/app/api/privacy/preview/route";
import { PATCH } from "@/app/api/privacy/route";
import { db } from "@/lib/base/db";
import { DAY } from "@/lib/base/time";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { deleteClicks } from "@/lib/deliveries/delete-clicks";
import { cutAddresses } from "@/lib/deliveries/privacy/cut-stored";
import { readPrivacy } from "@/lib/deliveries/privacy/settings";
import { clickPayload } from "@/tests/factory";
import { deliver } from "../db/deliveries/deliver";
import { hold } from "../db/locks";
import { signedIn } from "./access-helpers";

let session: { cookie: string };

beforeEach(async () => {
  session = await signedIn();
});

type Handler = (request: Request, context: object) => Promise<Response>;

function send(handler: Handler, method: string, body: object): Promise<Response> {
  const headers = { ...session, "content-type": "application/json" };
  return handler(new Request("http://localhost/api/privacy", { method, headers, body: JSON.stringify(body) }), {});
}
const ask = async (handler: Handler, method: string, body: object) => {
  const answer = await send(handler, method, body);
  return [answer.status, await answer.json()] as const;
};
const audit = async () =>
  (await db().audit.findMany({ orderBy: { id: "asc" } })).map(({ action, target, detail }) => ({
    action,
    target,
    detail,
  }));

const IP = "198.51.100.9";
const click = (id: string, ip: string, more: object = {}) => clickPayload({ click: { id, ip, ...more } });

test("settings are changed, recorded, and refused when they make no sense", async () => {
  expect(await ask(PATCH, "PATCH", { keptAddress: "truncated", visitorPeriod: "daily", clickDays: 90 })).toEqual([
    200,
    { keptAddress: "truncated", visitorPeriod: "daily", clickDays: 90 },
  ]);
  expect(await readPrivacy(db())).toMatchObject({ keptAddress: "truncated", visitorPeriod: "daily", clickDays: 90 });
  expect(await audit()).toMatchObject([
    { action: "privacy.change", detail: { keptAddress: "truncated", visitorPeriod: "daily", clickDays: 90 } },
  ]);
  for (const wrong of [
    { keptAddress: "some" },
    { clickDays: 0 },
    { clickDays: 1.5 },
    { deliveryDays: "x" },
    { clickDays: 1e9 },
  ])
    expect((await ask(PATCH, "PATCH", wrong))[0]).toBe(422);
  // Whatever is typed into the form: none of it may mean "for good", or another number.
  for (const clickDays of [0, "none", "1,000", "1.000", "30"]) {
    const [status, { error }] = await ask(PREVIEW, "POST", { clickDays });
    expect([status, error.message]).toEqual([
      422,
      "clickDays: Use a whole number of days from 1 to 100,000, or leave it empty.",
    ]);
  }
});

test("a preview counts exactly what a change takes, and changes nothing", async () => {
  const old = (days: number) => ({ timestamp: new Date(Date.now() - days * DAY).toISOString() });
  await deliver(click("a", IP, old(0)), click("b", "2001:db8:1:2::3", old(40)), click("c", "198.51.100.0", old(100)));
  await deliver(click("bad", IP, { timestamp: "never" }), click("a", IP, old(0)));
  const nothing = { clicks: 0, deliveries: 0 };
  const preview = async (change: object) => (await ask(PREVIEW, "POST", change))[1];
  expect(await preview({ keptAddress: "full" })).toEqual({ cut: nothing, deleted: nothing });
  expect(await preview({ keptAddress: "truncated" })).toEqual({ cut: { clicks: 2, deliveries: 1 }, deleted: nothing });
  expect(await preview({ keptAddress: "none" })).toEqual({ cut: { clicks: 3, deliveries: 1 }, deleted: nothing });
  expect(await preview({ clickDays: 50 })).toMatchObject({ cut: nothing, deleted: { clicks: 1 } });
  expect(await preview({ clickDays: 30 })).toMatchObject({ deleted: { clicks: 2 } });
  expect(await preview({ clickDays: null, deliveryDays: null })).toEqual({ cut: nothing, deleted: nothing });
  expect(await db().click.count({ where: { ip: { not: null } } })).toBe(3);
  await ask(PATCH, "PATCH", { keptAddress: "truncated" });
  await cutAddresses();
  expect(await preview({ keptAddress: "truncated" })).toEqual({ cut: nothing, deleted: nothing });
  expect(await preview({ keptAddress: "none" })).toMatchObject({ cut: { clicks: 3, deliveries: 1 } });
});

test("a visitor and a link are found, downloaded and deleted, and the audit log names no visitor", async () => {
  await deliver(
    click("a", IP),
    click("b", "203.0.113.5"),
    clickPayload({
      click: { id: "c", ip: "203.0.113.5" },
      link: { id: "other", shortLink: "https://go.example/other" },
    }),
  );
  const found = { clicks: 1, deliveries: 0, quarantined: 0, spooled: 0, untold: 0 };
  expect(await ask(FIND, "POST", { ip: `[::ffff:${IP}]:80` })).toEqual([200, found]);
  expect(await ask(FIND, "POST", { link: "go.example/other" })).toEqual([200, found]);
  const file = await send(FILE, "POST", { ip: IP });
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="footfall-visitor.ndjson"');
  const lines = (await file.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { kind: "click", click: { click_id: "a", ip: IP } },
    { kind: "end", clicks: 1, deliveries: 0 },
  ]);
  const { visitor } = await db().click.findFirstOrThrow({ where: { clickId: "b" } });
  expect((await ask(DELETE, "DELETE", { visitor }))[1]).toMatchObject({ clicks: 2 });
  expect((await ask(DELETE, "DELETE", { ip: IP }))[1]).toMatchObject({ clicks: 1 });
  expect(await ask(DELETE, "DELETE", { link: "other" })).toMatchObject([200, { clicks: 0 }]);
  expect(await db().click.count()).toBe(0);
  const rows = await audit();
  expect(rows.map(({ action, target }) => [action, target])).toEqual([
    ["visitor.export", null],
    ["clicks.delete", null],
    ["clicks.delete", null],
    ["clicks.delete", "other"],
  ]);
  expect(JSON.stringify(rows)).not.toContain(IP);
  expect(JSON.stringify(rows)).not.toContain(visitor);
});

test.each([
  [{}, "Choose one visitor or one link."],
  [{ ip: IP, link: "a" }, "Choose one visitor or one link."],
  [{ ip: "nowhere" }, "ip: Enter an IP address such as 203.0.113.7 or 2001:db8::1."],
  [{ ip: "" }, "ip: Enter an IP address such as 203.0.113.7 or 2001:db8::1."],
  [{ visitor: "short" }, "visitor: Enter the visitor’s id, as shown on the panel of a click."],
  [{ link: " " }, "link: Enter a short link such as go.example.com/spring, or the id of a link."],
  [{ link: "go.example/none" }, "link: There is no link go.example/none. Use its short link or its id."],
])("%j deletes nothing, and the message says why", async (body, message) => {
  await deliver(click("a", IP));
  expect(await ask(DELETE, "DELETE", body)).toMatchObject([422, { error: { message } }]);
  expect(await db().click.count()).toBe(1);
  expect(await audit()).toEqual([]);
});

const NETWORK =
  "ip: Truncated, this stands for everybody in its network. Choose Visitor, and enter the id on the panel of a click.";

test.each(["198.51.100.0", "[::ffff:198.51.100.0]:80", "2001:db8:1::", "2001:DB8:1:0:0::"])(
  "%s is in many people’s truncated clicks, and none of them is shown or deleted by it",
  async (ip) => {
    await ask(PATCH, "PATCH", { keptAddress: "truncated" });
    await deliver(click("a", IP), click("b", "198.51.100.10"), click("c", "2001:db8:1:2::3"));
    for (const [handler, method] of [
      [FIND, "POST"],
      [FILE, "POST"],
      [DELETE, "DELETE"],
    ] as const)
      expect(await ask(handler, method, { ip })).toMatchObject([422, { error: { message: NETWORK } }]);
    await expect(deleteClicks({ ip })).rejects.toThrow("Choose a whole address.");
    expect(await db().click.count()).toBe(3);
  },
);

test("a deletion waits for writes that take long only briefly, and says so", async () => {
  await deliver(click("a", IP));
  const release = await hold((tx) => tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`);
  expect(await ask(DELETE, "DELETE", { ip: IP })).toMatchObject([
    503,
    { error: { message: "Deliveries are being stored at the moment. Try again." } },
  ]);
  await release();
  expect(await db().deletion.count()).toBe(0);
  expect((await ask(DELETE, "DELETE", { ip: IP }))[1]).toMatchObject({ clicks: 1 });
});

test("a short link that two links have had deletes neither, and both ids are said", async () => {
  const shortLink = "https://go.example/spring";
  for (const id of ["l1", "l2"]) await deliver(clickPayload({ click: { id }, link: { id, shortLink } }));
  expect(await ask(DELETE, "DELETE", { link: "go.example/spring" })).toMatchObject([
    422,
    { error: { message: "link: There are several links go.example/spring. Use the id of one: l1, l2." } },
  ]);
  expect((await ask(DELETE, "DELETE", { link: "l2" }))[1]).toMatchObject({ clicks: 1 });
});

test("a link has no file: it is nobody", async () => {
  expect((await send(FILE, "POST", { link: "a" })).status).toBe(422);
});
