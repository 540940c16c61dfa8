import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { revokeKey } from "@/lib/account/keys/store";
import { db } from "@/lib/base/db";
import { insertLinks } from "../db/query/rows";
import { madeKey, signedIn } from "./access-helpers";

/**
 * Who a route is for. `open`: it has its own check, or none. `person`: a session. `read`, `export`: a session, or a key
 * with that scope.
 */
type Access = "open" | "person" | "read" | "export";

/** Every route file. One that is missing here fails the test. */
const ROUTES: Record<string, Access> = {
  "(dashboard)/links/filter/route.ts": "open",
  "api/[[...path]]/route.ts": "open",
  "api/account/route.ts": "person",
  "api/analytics/route.ts": "read",
  "api/audit/route.ts": "person",
  "api/auth/[...all]/route.ts": "open",
  "api/deliveries/replay/route.ts": "person",
  "api/demo/route.ts": "person",
  "api/events/route.ts": "read",
  "api/export/[file]/route.ts": "export",
  "api/export/events.csv/route.ts": "export",
  "api/folders/route.ts": "person",
  "api/health/route.ts": "open",
  "api/keys/[id]/route.ts": "person",
  "api/keys/route.ts": "person",
  "api/links/route.ts": "person",
  "api/live/route.ts": "person",
  "api/metrics/route.ts": "open",
  "api/notes/[id]/route.ts": "person",
  "api/notes/route.ts": "person",
  "api/preferences/route.ts": "person",
  "api/secrets/[id]/route.ts": "person",
  "api/secrets/route.ts": "person",
  "api/setup/route.ts": "open",
  "api/sign-in/route.ts": "open",
  "api/sign-out/route.ts": "open",
  "api/values/[field]/route.ts": "person",
  "api/values/route.ts": "person",
  "api/views/[id]/route.ts": "person",
  "api/views/route.ts": "person",
  "api/webhooks/dub/route.ts": "open",
  "api/why/route.ts": "person",
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** How each kind of caller is answered, by what the route is for; `in` stands for any answer but 401 and 403. */
const EXPECTED: Record<string, Record<Exclude<Access, "open">, 401 | 403 | "in">> = {
  nobody: { person: 401, read: 401, export: 401 },
  "a forged session": { person: 401, read: 401, export: 401 },
  "an ended session": { person: 401, read: 401, export: 401 },
  "a session": { person: "in", read: "in", export: "in" },
  "a key for all": { person: 401, read: "in", export: "in" },
  "a key that reads": { person: 401, read: "in", export: 403 },
  "a key that exports": { person: 401, read: 403, export: "in" },
  "a key that imports": { person: 401, read: 403, export: 403 },
  "a limited key": { person: 401, read: "in", export: "in" },
  "an expired key": { person: 401, read: 401, export: 401 },
  "a revoked key": { person: 401, read: 401, export: 401 },
  "a forged key": { person: 401, read: 401, export: 401 },
  "a key as a cookie": { person: 401, read: 401, export: 401 },
};

let callers: Record<string, Record<string, string>>;

async function callersOf(): Promise<typeof callers> {
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
  const only = async (scope: "read" | "export" | "import") => {
    const { authorization } = await madeKey({ name: scope, scopes: [scope] });
    return { authorization };
  };
  return {
    nobody: {},
    "a forged session": { cookie: `${name}=forged.signature` },
    "an ended session": ended,
    "a session": session,
    "a key for all": { authorization: all.authorization },
    "a key that reads": await only("read"),
    "a key that exports": await only("export"),
    "a key that imports": await only("import"),
    "a limited key": { authorization: (await madeKey({ name: "limited", links: { linkId: ["a"] } })).authorization },
    "an expired key": { authorization: expired.authorization },
    "a revoked key": { authorization: revoked.authorization },
    "a forged key": { authorization: all.authorization.replace(/.$/, (last) => (last === "A" ? "B" : "A")) },
    "a key as a cookie": { cookie: `${name}=${all.authorization.slice(7)}` },
  };
}

beforeEach(async () => {
  callers = await callersOf();
});

type Handler = (request: Request, context: object) => Promise<Response>;

async function handlersOf(file: string): Promise<[method: string, handler: Handler][]> {
  const module = (await import(join(process.cwd(), "app", file))) as Record<string, Handler>;
  return METHODS.flatMap((method) => {
    const handler = module[method];
    return handler ? [[method, handler] as [string, Handler]] : [];
  });
}

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

test.each(Object.entries(ROUTES).filter(([, access]) => access !== "open"))(
  "app/%s is for its callers only",
  async (file, access) => {
    const answers: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [method, handler] of await handlersOf(file)) {
      const isOwn = (await ask(file, method, handler, {})) !== 405;
      if (!isOwn) continue;
      for (const [caller, headers] of Object.entries(callers)) {
        const wanted = EXPECTED[caller]?.[access as Exclude<Access, "open">];
        // Some routes act without a body.
        if (wanted === "in" && method !== "GET") continue;
        const status = await ask(file, method, handler, headers);
        answers[`${method} by ${caller}`] = status === 401 || status === 403 ? status : "in";
        expected[`${method} by ${caller}`] = wanted;
      }
      if (method === "GET") continue;
      // Nobody else's page can use a reader's session.
      const foreign = { ...callers["a session"], origin: "https://evil.example" };
      answers[`${method} from another site`] = await ask(file, method, handler, foreign);
      expected[`${method} from another site`] = 403;
    }
    expect(answers).toEqual(expected);
    expect(Object.keys(answers).length).toBeGreaterThan(0);
  },
);

test("every page but the way in asks who reads it", () => {
  const pages = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("page.tsx"));
  const open = pages.filter((name) => !readFileSync(join("app", name), "utf8").includes("requireViewer()"));
  expect(open.sort()).toEqual(["login/page.tsx", "setup/page.tsx"]);
});
