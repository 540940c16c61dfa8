import { beforeEach, expect, test } from "vitest";
import { PATCH as changeAccount } from "@/app/api/account/route";
import { DELETE as uninvite } from "@/app/api/invitations/[id]/route";
import { POST as invite } from "@/app/api/invitations/route";
import { POST as join } from "@/app/api/join/route";
import { POST as reset } from "@/app/api/people/[id]/reset/route";
import { PATCH as change, DELETE as remove } from "@/app/api/people/[id]/route";
import { DELETE as signOutEverywhere } from "@/app/api/people/[id]/sessions/route";
import { PATCH as changePreferences } from "@/app/api/preferences/route";
import { POST as setPassword } from "@/app/api/reset/route";
import { DELETE as endSession } from "@/app/api/sessions/[id]/route";
import { GET as analytics } from "@/app/api/v1/analytics/route";
import { POST as saveView } from "@/app/api/views/route";
import { createNote, deleteNote, notesIn } from "@/lib/account/notes/store";
import { ensureOwner } from "@/lib/account/owner";
import { listInvitations } from "@/lib/account/people/invitations";
import { listSessions } from "@/lib/account/people/sessions";
import { signIn } from "@/lib/account/sign-in";
import { namesIn } from "@/lib/api/about";
import { db } from "@/lib/base/db";
import { filtersFromParams } from "@/lib/question/codec/read";
import { EVERYTHING } from "@/lib/question/question";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { cookieOf, OWNER, signedIn, signedInAs } from "./access-helpers";

type Headed = Record<string, string>;

const ORIGIN = { host: "localhost:3000", origin: "http://localhost:3000" };
const PASSWORD = "a password of somebody";

function send(method: string, body: object | null, headers: Headed): Request {
  const content = body && { body: JSON.stringify(body) };
  return new Request("http://localhost:3000/api/x", {
    method,
    headers: { "content-type": "application/json", ...ORIGIN, ...headers },
    ...content,
  });
}
const at = (id: string) => ({ params: Promise.resolve({ id }) });

function form(fields: Headed): Request {
  const headers = { ...ORIGIN, accept: "application/json" };
  return new Request("http://localhost:3000/api/x", { method: "POST", headers, body: new URLSearchParams(fields) });
}

const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;
const idOf = async (email: string) => (await db().user.findUniqueOrThrow({ where: { email } })).id;
const countFor = async (cookie: string) => {
  const request = new Request("http://localhost/api/v1/analytics?groupBy=count&interval=all", { headers: { cookie } });
  return ((await (await analytics(request, {})).json()) as { clicks?: number }).clicks;
};

let owner: { cookie: string };

beforeEach(async () => {
  owner = await signedIn();
  await insertLinks([{ id: "own", shortLink: "https://go.example.com/own" }, { id: "other" }]);
  await insertClicks([click({ linkId: "own" }), click({ linkId: "other" }), click({ linkId: "other" })]);
});

async function invited(rights: object, email: string | null = null): Promise<{ id: string; token: string }> {
  const response = await invite(send("POST", { rights, email }, owner), {});
  expect(response.status).toBe(201);
  return response.json();
}

test("an invitation makes one account with its rights, and is stored as a hash only", async () => {
  const { token } = await invited(
    { role: "viewer", mayExport: false, links: { linkId: ["go.example.com/own"] } },
    "Ann@Example.com",
  );
  const [stored] = await db().invitation.findMany();
  expect(JSON.stringify({ ...stored, hash: Buffer.from(stored?.hash ?? []).toString("latin1") })).not.toContain(token);
  expect(await listInvitations()).toMatchObject([{ email: "ann@example.com", role: "viewer", by: OWNER.email }]);

  const fields = { token, email: "ann@example.com", password: PASSWORD, repeat: PASSWORD };
  const short = await join(form({ ...fields, password: "short", repeat: "long" }), {});
  expect(short.status).toBe(422);
  expect(((await short.json()) as { errors: object }).errors).toMatchObject({ password: /./, repeat: /./ });
  const joined = await join(form(fields), {});
  expect(joined.status).toBe(200);
  const cookie = cookieOf(joined.headers.getSetCookie());
  expect(await countFor(cookie)).toBe(1);
  const row = await db().user.findUniqueOrThrow({ where: { email: "ann@example.com" } });
  expect(row).toMatchObject({ role: "viewer", mayExport: false });
  expect(row.links).toMatchObject({ linkId: ["own"] });

  const again = await join(form({ ...fields, email: "ben@example.com" }), {});
  expect(again.status).toBe(422);
  expect(await messageOf(again)).toMatch(/no longer valid/);
  expect(await db().user.count()).toBe(2);
});

test("an invitation that was taken back or has expired makes nothing, nor one for an address that has an account", async () => {
  const fields = { email: "ann@example.com", password: PASSWORD, repeat: PASSWORD };
  const back = await invited({ role: "member" });
  expect((await uninvite(send("DELETE", null, owner), at(back.id))).status).toBe(204);
  expect((await uninvite(send("DELETE", null, owner), at(back.id))).status).toBe(404);
  const old = await invited({ role: "member" });
  await db().invitation.update({ where: { id: old.id }, data: { expiresAt: new Date(0) } });
  for (const token of [back.token, old.token, "", "x"])
    expect((await join(form({ ...fields, token }), {})).status).toBe(422);
  const open = await invited({ role: "member" });
  const taken = await join(form({ ...fields, email: OWNER.email, token: open.token }), {});
  expect(((await taken.json()) as { errors: object }).errors).toEqual({
    email: "There is an account with this address.",
  });
  expect(await db().user.count()).toBe(1);
  const twice = await invite(send("POST", { rights: { role: "viewer" }, email: OWNER.email }, owner), {});
  expect(await messageOf(twice)).toBe("email: There is an account with this address.");
});

test("two people with one invitation make one account", async () => {
  const { token } = await invited({ role: "member" });
  const fields = (name: string) => ({ token, email: `${name}@example.com`, password: PASSWORD, repeat: PASSWORD });
  const answers = await Promise.all([join(form(fields("ann")), {}), join(form(fields("ben")), {})]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(await db().user.count()).toBe(2);
});

test("new rights hold from the next request on", async () => {
  const { cookie, id } = await signedInAs({ role: "member" }, "ann@example.com");
  expect(await countFor(cookie)).toBe(3);
  const limited = { role: "viewer", mayExport: true, links: { linkId: ["own"] } };
  expect((await change(send("PATCH", limited, owner), at(id))).status).toBe(204);
  expect(await countFor(cookie)).toBe(1);
  expect((await change(send("PATCH", { role: "viewer" }, owner), at(id))).status).toBe(204);
  expect(await countFor(cookie)).toBe(3);
  const view = { name: "Mine", path: "/", query: "", shared: true };
  expect((await saveView(send("POST", view, { cookie }), {})).status).toBe(403);
  expect((await saveView(send("POST", { ...view, shared: false }, { cookie }), {})).status).toBe(201);
  expect((await changePreferences(send("PATCH", { bots: "include" }, { cookie }), {})).status).toBe(403);
  expect((await changePreferences(send("PATCH", { zone: "Asia/Tokyo" }, { cookie }), {})).status).toBe(200);
});

test("there is always an owner, and only owners make, change and remove owners", async () => {
  const ownerId = await idOf(OWNER.email);
  const admin = await signedInAs({ role: "admin" }, "admin@example.com");
  const as = (caller: Headed, id: string, role: string) => change(send("PATCH", { role }, caller), at(id));
  expect(await messageOf(await as(owner, ownerId, "member"))).toMatch(/last owner/);
  expect((await as(admin, ownerId, "member")).status).toBe(403);
  expect((await as(admin, admin.id, "owner")).status).toBe(403);
  expect((await invite(send("POST", { rights: { role: "owner" } }, admin), {})).status).toBe(403);
  expect((await remove(send("DELETE", null, admin), at(ownerId))).status).toBe(403);
  expect((await reset(send("POST", null, admin), at(ownerId))).status).toBe(403);
  expect((await signOutEverywhere(send("DELETE", null, admin), at(ownerId))).status).toBe(403);
  expect(await messageOf(await remove(send("DELETE", null, owner), at(ownerId)))).toMatch(/yourself/);

  expect((await as(owner, admin.id, "owner")).status).toBe(204);
  // Both at once: one of them stays.
  const both = await Promise.all([as(owner, ownerId, "member"), as(admin, admin.id, "member")]);
  expect(both.map(({ status }) => status).sort()).toEqual([204, 422]);
  expect(await db().user.count({ where: { role: "owner" } })).toBe(1);
  expect((await as(owner, "nobody", "member")).status).not.toBe(204);
});

test("links from before a change of rights don't give them back", async () => {
  const admin = await signedInAs({ role: "admin" }, "admin@example.com");
  const ann = await signedInAs({ role: "member" }, "ann@example.com");
  const invitation = await invite(send("POST", { rights: { role: "admin" } }, admin), {});
  const { token } = (await invitation.json()) as { token: string };
  const linkFor = async (id: string) =>
    ((await (await reset(send("POST", null, admin), at(id))).json()) as { token: string }).token;
  const [ofAnn, ofAdmin] = [await linkFor(ann.id), await linkFor(admin.id)];
  const rightsOf = (id: string, role: string) => change(send("PATCH", { role }, owner), at(id));
  // A member who becomes an owner, and an admin who is one no more.
  expect((await rightsOf(ann.id, "owner")).status).toBe(204);
  const fields = { password: PASSWORD, repeat: PASSWORD };
  expect((await setPassword(form({ ...fields, token: ofAnn }), {})).status).toBe(422);
  expect((await rightsOf(admin.id, "viewer")).status).toBe(204);
  expect((await setPassword(form({ ...fields, token: ofAdmin }), {})).status).toBe(422);
  expect((await join(form({ ...fields, token, email: "back@example.com" }), {})).status).toBe(422);
  expect(await db().user.findMany({ where: { role: "admin" } })).toEqual([]);
});

test("rights that were taken away while a request was on its way don't count", async () => {
  const admin = await signedInAs({ role: "admin" }, "admin@example.com");
  const demote = () => db().user.update({ where: { id: admin.id }, data: { role: "viewer" } });
  /** A request whose body ends when the admin isn't one any more. */
  const slow = (method: string, body: object) => {
    const stream = new ReadableStream(
      {
        async pull(controller) {
          await demote();
          controller.enqueue(new TextEncoder().encode(JSON.stringify(body)));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { "content-type": "application/json", ...ORIGIN, cookie: admin.cookie };
    return new Request("http://localhost:3000/api/x", { method, headers, body: stream, duplex: "half" } as RequestInit);
  };
  expect((await change(slow("PATCH", { role: "admin" }), at(admin.id))).status).toBe(403);
  await db().user.update({ where: { id: admin.id }, data: { role: "admin" } });
  expect((await invite(slow("POST", { rights: { role: "admin" } }), {})).status).toBe(403);
  expect(await db().invitation.count()).toBe(0);
});

test("an address that somebody else has isn't taken", async () => {
  const { cookie } = await signedInAs({ role: "viewer" }, "ann@example.com");
  const body = { currentPassword: OWNER.password, email: OWNER.email };
  const response = await changeAccount(send("PATCH", body, { cookie }), {});
  expect(await messageOf(response)).toBe("email: There is an account with this address.");
  expect(await db().user.count({ where: { email: "ann@example.com" } })).toBe(1);
});

test("somebody with a limit reads no names of others' folders and no notes about all links", async () => {
  await db().folder.create({ data: { id: "f", name: "Client Y" } });
  await db().link.update({ where: { id: "other" }, data: { folderId: "f" } });
  await db().note.create({ data: { id: "n", at: new Date(), wholeDay: true, text: "Launch of Y" } });
  const limited = { links: [{ field: "linkId" as const, op: "is" as const, values: ["own"] }], hidden: [] };
  const filters = filtersFromParams(new URLSearchParams("interval=7d&folderId=f"), new Date());
  for (const [scope, names, notes] of [
    [limited, 0, 0],
    [EVERYTHING, 1, 1],
  ] as const) {
    expect((await namesIn(scope, filters)).folders.size).toBe(names);
    expect(await notesIn(scope, filters)).toHaveLength(notes);
  }
  const author = { ...limited, userId: await idOf(OWNER.email) };
  const note = { at: { at: new Date(), wholeDay: true }, text: "For all", linkId: null };
  await expect(createNote(author, note)).rejects.toMatchObject({ code: "unprocessable_entity" });
  await expect(deleteNote(author, "n")).rejects.toMatchObject({ code: "not_found" });
});

test("owners and admins see all links", async () => {
  const { id } = await signedInAs({ role: "member" }, "ann@example.com");
  const response = await change(send("PATCH", { role: "admin", links: { linkId: ["own"] } }, owner), at(id));
  expect(await messageOf(response)).toBe("links: Owners and admins see all links.");
});

test("whoever is removed is out at once, with their views", async () => {
  const { cookie, id } = await signedInAs({ role: "member" }, "ann@example.com");
  await saveView(send("POST", { name: "Mine", path: "/", query: "", shared: true }, { cookie }), {});
  expect((await remove(send("DELETE", null, owner), at(id))).status).toBe(204);
  expect(await countFor(cookie)).toBeUndefined();
  expect(await db().savedView.count()).toBe(0);
  expect((await remove(send("DELETE", null, owner), at(id))).status).toBe(404);
  await expect(signIn({ email: "ann@example.com", password: OWNER.password }, new Headers(ORIGIN))).rejects.toThrow();
});

test("a password link sets a password once, within a day, and ends all sessions", async () => {
  const { cookie, id } = await signedInAs({ role: "member" }, "ann@example.com");
  const made = async () => ((await (await reset(send("POST", null, owner), at(id))).json()) as { token: string }).token;
  const [token, late] = [await made(), await made()];
  expect(JSON.stringify(await db().verification.findMany())).not.toContain(token);
  const fields = { token, password: PASSWORD, repeat: PASSWORD };
  expect((await setPassword(form({ ...fields, repeat: "another" }), {})).status).toBe(422);
  const answer = await setPassword(form(fields), {});
  expect(await answer.json()).toEqual({ location: "/login?set" });
  expect(await countFor(cookie)).toBeUndefined();
  expect((await setPassword(form({ ...fields, password: OWNER.password, repeat: OWNER.password }), {})).status).toBe(
    422,
  );
  await signIn({ email: "ann@example.com", password: PASSWORD }, new Headers(ORIGIN));
  await db().verification.updateMany({ data: { expiresAt: new Date(0) } });
  expect((await setPassword(form({ ...fields, token: late }), {})).status).toBe(422);
  for (const wrong of ["", "x", `${late}x`])
    expect((await setPassword(form({ ...fields, token: wrong }), {})).status).toBe(422);
});

test("somebody ends one of their own sessions, an admin all of somebody else's", async () => {
  const { cookie, id } = await signedInAs({ role: "member" }, "ann@example.com");
  const other = cookieOf(
    await signIn(
      { email: "ann@example.com", password: OWNER.password },
      new Headers({ ...ORIGIN, "user-agent": "Elsewhere", "x-forwarded-for": "192.0.2.9" }),
    ),
  );
  const sessions = await listSessions({ userId: id }, new Headers({ cookie }));
  const v6 = new Headers({ ...ORIGIN, "x-forwarded-for": "2001:db8:1:2::7" });
  await signIn({ email: "ann@example.com", password: OWNER.password }, v6);
  expect((await listSessions({ userId: id }, v6))[0]?.address).toBe("2001:db8:1:2::/64");
  expect(sessions).toMatchObject([{ agent: "Elsewhere", address: "192.0.2.9", isCurrent: false }, { isCurrent: true }]);
  const elsewhere = sessions[0]?.id ?? "";
  expect((await endSession(send("DELETE", null, owner), at(elsewhere))).status).toBe(404);
  expect((await endSession(send("DELETE", null, { cookie }), at(elsewhere))).status).toBe(204);
  expect(await countFor(other)).toBeUndefined();
  expect(await countFor(cookie)).toBe(3);
  expect((await signOutEverywhere(send("DELETE", null, owner), at(id))).status).toBe(204);
  expect(await countFor(cookie)).toBeUndefined();
});

test("the environment's account is an owner again at each start, and takes nobody else's over", async () => {
  await signedInAs({ role: "viewer" }, "ann@example.com");
  expect(await ensureOwner({ email: "new@example.com", password: PASSWORD })).toBe("updated");
  expect(await db().user.findMany({ select: { email: true, role: true }, orderBy: { email: "asc" } })).toEqual([
    { email: "ann@example.com", role: "viewer" },
    { email: "new@example.com", role: "owner" },
  ]);
  expect(await ensureOwner({ email: "new@example.com", password: PASSWORD })).toBe("unchanged");
  // Named after somebody who has an account: theirs it is.
  expect(await ensureOwner({ email: "ann@example.com", password: PASSWORD })).toBe("updated");
  expect(await db().user.count({ where: { role: "owner" } })).toBe(2);
});
