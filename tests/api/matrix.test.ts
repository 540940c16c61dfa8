import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { revokeKey } from "@/lib/account/keys/store";
import { enterPassword } from "@/lib/account/shares/open";
import { NewShare } from "@/lib/account/shares/share";
import { createShare } from "@/lib/account/shares/store";
import { viewerOf } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { insertLinks } from "../db/query/rows";
import { OPEN_PAGES, PAGES } from "../setup/pages";
import { madeKey, signedIn, signedInAs } from "./access-helpers";

/**
 * Who a route is for. `open`: it has its own check, or none. `person`: a session. `read`, `export`: a session, or a key
 * with that scope. `write`, `operate`, `settings`: a session of somebody with that power.
 */
type Access = "open" | "person" | "read" | "export" | "write" | "operate" | "settings";

/** Every route file. One that is missing here fails the test. */
const ROUTES: Record<string, Access> = {
  "(dashboard)/links/filter/route.ts": "open",
  ".well-known/[...path]/route.ts": "open",
  "api/[[...path]]/route.ts": "open",
  "api/account/provider/route.ts": "person",
  "api/account/route.ts": "person",
  "api/analytics/route.ts": "read",
  "api/audit/route.ts": "settings",
  "api/auth/[...all]/route.ts": "open",
  "api/auth/callback/oidc/route.ts": "open",
  "api/deliveries/replay/route.ts": "operate",
  "api/demo/route.ts": "settings",
  "api/events/route.ts": "read",
  "api/export/[file]/route.ts": "export",
  "api/export/events.csv/route.ts": "export",
  "api/export/events.ndjson/route.ts": "export",
  "api/export/events.parquet/route.ts": "export",
  "api/folders/route.ts": "operate",
  "api/forgot/route.ts": "open",
  "api/health/route.ts": "open",
  "api/invitations/[id]/route.ts": "settings",
  "api/invitations/route.ts": "settings",
  "api/join/route.ts": "open",
  "api/keys/[id]/route.ts": "settings",
  "api/keys/route.ts": "settings",
  "api/links/route.ts": "person",
  "api/live/route.ts": "person",
  "api/metrics/route.ts": "open",
  "api/notes/[id]/route.ts": "write",
  "api/notes/route.ts": "write",
  "api/openapi.json/route.ts": "open",
  "api/people/[id]/reset/route.ts": "settings",
  "api/people/[id]/route.ts": "settings",
  "api/people/[id]/sessions/route.ts": "settings",
  "api/people/[id]/two-factor/route.ts": "settings",
  "api/preferences/route.ts": "person",
  "api/privacy/kept/file/route.ts": "settings",
  "api/privacy/kept/route.ts": "settings",
  "api/privacy/preview/route.ts": "settings",
  "api/privacy/route.ts": "settings",
  "api/reset/route.ts": "open",
  "api/secrets/[id]/route.ts": "settings",
  "api/secrets/route.ts": "settings",
  "api/sessions/[id]/route.ts": "person",
  "api/setup/route.ts": "open",
  "api/shares/[id]/route.ts": "write",
  "api/shares/open/route.ts": "open",
  "api/shares/route.ts": "write",
  "api/sign-in/code/route.ts": "open",
  "api/sign-in/provider/route.ts": "open",
  "api/sign-in/route.ts": "open",
  "api/sign-out/route.ts": "open",
  "api/two-factor/codes/route.ts": "person",
  "api/two-factor/route.ts": "person",
  "api/v1/analytics/route.ts": "read",
  "api/v1/clicks/route.ts": "read",
  "api/v1/events/route.ts": "read",
  "api/v1/links/route.ts": "read",
  "api/v1/values/[field]/route.ts": "read",
  "api/v1/why/route.ts": "read",
  "api/values/[field]/route.ts": "person",
  "api/values/route.ts": "person",
  "api/views/[id]/route.ts": "person",
  "api/views/route.ts": "person",
  "api/webhooks/dub/route.ts": "open",
  "api/why/route.ts": "person",
  "mcp/route.ts": "read",
  "share/[token]/picture/route.ts": "open",
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

type Answer = 401 | 403 | "in";
const every = (
  answer: Answer,
  others: Partial<Record<Access, Answer>> = {},
): Record<Exclude<Access, "open">, Answer> => ({
  ...{ person: answer, read: answer, export: answer, write: answer, operate: answer, settings: answer },
  ...others,
});
const key = (read: Answer, exports: Answer) => every(401, { read, export: exports });

/** How each kind of caller is answered, by what the route is for; `in` stands for any answer but 401 and 403. */
const EXPECTED: Record<string, Record<Exclude<Access, "open">, Answer>> = {
  nobody: every(401),
  "a forged session": every(401),
  "an ended session": every(401),
  "an owner": every("in"),
  "an admin": every("in"),
  "a member": every("in", { settings: 403 }),
  "a member with a limit": every("in", { settings: 403, operate: 403 }),
  "a viewer": every("in", { settings: 403, operate: 403, write: 403 }),
  "a viewer without exports": every(403, { person: "in", read: "in" }),
  "somebody removed": every(401),
  "a key for all": key("in", "in"),
  "a key that reads": key("in", 403),
  "a key that exports": key(403, "in"),
  "a key that imports": key(403, 403),
  "a limited key": key("in", "in"),
  "an expired key": every(401),
  "a revoked key": every(401),
  "a forged key": every(401),
  "a key as a cookie": every(401),
  "a share link's token": every(401),
  "a share link's cookie": every(401),
};

/** Somebody with the token of a share link, and somebody who has entered its password. */
async function shareCallers(): Promise<Record<string, Record<string, string>>> {
  const { id } = await db().user.findFirstOrThrow({ where: { role: "owner" } });
  const owner = await viewerOf({ userId: id });
  if (!owner) throw new Error("There is an owner");
  const share = NewShare.parse({ name: "For all", path: "/", query: "", password: "a password" });
  const { token } = await createShare(owner, share, new Date());
  const cookie = await enterPassword(token, "a password", new Headers());
  return {
    "a share link's token": { authorization: `Bearer ${token}` },
    "a share link's cookie": { cookie: cookie.replace(/;.*/, "") },
  };
}

async function callersOf(): Promise<Record<string, Record<string, string>>> {
  await insertLinks([{ id: "a", shortLink: "https://go.example.com/a" }]);
  const ended = await signedIn();
  await db().session.deleteMany();
  const session = await signedIn();
  const [name = ""] = session.cookie.split("=");
  const [expired, revoked, all] = [
    await madeKey({ name: "expired", expiresAt: "2999-01-01T00:00:00Z" }),
    await madeKey({ name: "revoked" }),
    await madeKey({ name: "all", scopes: ["read", "export", "import"] }),
  ];
  await db().apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
  await revokeKey({ name: "revoked" });
  const of = async (rights: Parameters<typeof signedInAs>[0], name: string = rights.role) => {
    const { cookie } = await signedInAs(rights, `${name}@example.com`);
    return { cookie };
  };
  const removed = await of({ role: "admin" }, "removed");
  await db().user.delete({ where: { email: "removed@example.com" } });
  const only = async (scope: "read" | "export" | "import") => {
    const { authorization } = await madeKey({ name: scope, scopes: [scope] });
    return { authorization };
  };
  return {
    nobody: {},
    "a forged session": { cookie: `${name}=forged.signature` },
    "an ended session": ended,
    "an owner": session,
    "an admin": await of({ role: "admin" }),
    "a member": await of({ role: "member" }),
    "a member with a limit": await of({ role: "member", links: { linkId: ["a"] } }, "limited"),
    "a viewer": await of({ role: "viewer" }),
    "a viewer without exports": await of({ role: "viewer", mayExport: false }, "looking"),
    "somebody removed": removed,
    "a key for all": { authorization: all.authorization },
    "a key that reads": await only("read"),
    "a key that exports": await only("export"),
    "a key that imports": await only("import"),
    "a limited key": { authorization: (await madeKey({ name: "limited", links: { linkId: ["a"] } })).authorization },
    "an expired key": { authorization: expired.authorization },
    "a revoked key": { authorization: revoked.authorization },
    "a forged key": { authorization: all.authorization.replace(/.$/, (last) => (last === "A" ? "B" : "A")) },
    ...(await shareCallers()),
    "a key as a cookie": { cookie: `${name}=${all.authorization.slice(7)}` },
  };
}

type Handler = (request: Request, context: object) => Promise<Response>;

async function handlersOf(file: string): Promise<[method: string, handler: Handler][]> {
  const module = (await import(join(process.cwd(), "app", file))) as Record<string, Handler>;
  return METHODS.flatMap((method) => {
    const handler = module[method];
    return handler ? [[method, handler] as [string, Handler]] : [];
  });
}

/** Routes that act without a body, which would change what later callers are. */
const ACTING = new Set(["api/demo/route.ts"]);

const CONTEXT = { params: Promise.resolve({ id: "none", file: "countries.csv", field: "country", all: [], path: [] }) };

async function ask(file: string, method: string, handler: Handler, headers: Record<string, string>): Promise<number> {
  const gone = new AbortController();
  const path = file
    .replace("/route.ts", "")
    .replace("[file]", "countries.csv")
    .replace(/\[\w+\]/, "country");
  const response = await handler(
    new Request(`http://localhost/${path}`, { method, headers, signal: gone.signal }),
    CONTEXT,
  );
  gone.abort();
  await response.body?.cancel().catch(() => {});
  return response.status;
}

test("every route file has a row, and every row its file", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("route.ts"));
  expect(files.sort()).toEqual(Object.keys(ROUTES).sort());
});

test("every route answers its callers only", async () => {
  const callers = await callersOf();
  const answers: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [file, access] of Object.entries(ROUTES)) {
    if (access === "open") continue;
    for (const [method, handler] of await handlersOf(file)) {
      const isOwn = (await ask(file, method, handler, {})) !== 405;
      if (!isOwn) continue;
      for (const [caller, headers] of Object.entries(callers)) {
        const wanted = EXPECTED[caller]?.[access];
        if (wanted === "in" && method !== "GET" && ACTING.has(file)) continue;
        const status = await ask(file, method, handler, headers);
        answers[`${method} ${file} by ${caller}`] = status === 401 || status === 403 ? status : "in";
        expected[`${method} ${file} by ${caller}`] = wanted;
      }
      if (method === "GET") continue;
      // Nobody else's page can use a reader's session.
      const foreign = { ...callers["an owner"], origin: "https://evil.example" };
      answers[`${method} ${file} from another site`] = await ask(file, method, handler, foreign);
      expected[`${method} ${file} from another site`] = 403;
    }
  }
  expect(answers).toEqual(expected);
  expect(Object.keys(answers).length).toBeGreaterThan(500);
});

test("every page asks who reads it, for the power that it needs, but for those before the sign-in", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("page.tsx"));
  expect(files.sort()).toEqual([...Object.keys(PAGES), ...OPEN_PAGES].sort());
  for (const [file, power] of Object.entries(PAGES)) {
    const text = readFileSync(join("app", file), "utf8");
    expect(text, file).toContain(power === null ? "requireViewer()" : `requireViewer("${power}")`);
  }
});
