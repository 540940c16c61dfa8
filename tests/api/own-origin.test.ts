import { beforeEach, expect, test } from "vitest";
import * as replay from "@/app/api/deliveries/replay/route";
import * as note from "@/app/api/notes/[id]/route";
import * as notes from "@/app/api/notes/route";
import * as secret from "@/app/api/secrets/[id]/route";
import * as secrets from "@/app/api/secrets/route";
import * as setup from "@/app/api/setup/route";
import * as signInRoute from "@/app/api/sign-in/route";
import * as signOutRoute from "@/app/api/sign-out/route";
import * as view from "@/app/api/views/[id]/route";
import * as views from "@/app/api/views/route";
import { createOwner } from "@/lib/account/owner";
import { signIn } from "@/lib/account/sign-in";
import { db } from "@/lib/base/db";
import { cookieOf, OWNER } from "./access-helpers";

let cookie: string;
beforeEach(async () => {
  await createOwner(OWNER);
  cookie = cookieOf(await signIn(OWNER, new Headers({ host: "localhost:3000" })));
});

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>;

/** All that changes something with the cookie of a session, and the forms of the entrance. */
const DOORS: [name: string, handler: unknown, body: string][] = [
  ["POST /api/views", views.POST, '{"name":"x","path":"/","query":"","shared":false}'],
  ["PATCH /api/views/x", view.PATCH, '{"name":"x"}'],
  ["DELETE /api/views/x", view.DELETE, ""],
  ["POST /api/notes", notes.POST, '{"at":"2026-11-12","text":"x"}'],
  ["PATCH /api/notes/x", note.PATCH, '{"text":"x"}'],
  ["DELETE /api/notes/x", note.DELETE, ""],
  ["POST /api/secrets", secrets.POST, '{"name":"x","value":null,"replaces":null}'],
  ["PATCH /api/secrets/1", secret.PATCH, '{"name":"x"}'],
  ["DELETE /api/secrets/1", secret.DELETE, ""],
  ["POST /api/deliveries/replay", replay.POST, '{"delivery":"1"}'],
  ["POST /api/sign-in", signInRoute.POST, ""],
  ["POST /api/sign-out", signOutRoute.POST, ""],
  ["POST /api/setup", setup.POST, ""],
];

const FOREIGN = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://localhost:3001" },
  { referer: "https://evil.example/page" },
  { "sec-fetch-site": "cross-site" },
];

test.each(DOORS)("%s is closed to pages of other sites", async (door, handler, body) => {
  const [method = "", path = ""] = door.split(" ");
  const ask = (headers: Record<string, string>) =>
    (handler as Handler)(
      new Request(`http://localhost:3000${path}`, {
        method,
        headers: { host: "localhost:3000", cookie, "content-type": "application/json", ...headers },
        ...(body && { body }),
      }),
      { params: Promise.resolve({ id: "1" }) },
    );
  const before = await db().session.count();
  for (const headers of FOREIGN) expect((await ask(headers)).status, JSON.stringify(headers)).toBe(403);
  expect(await db().session.count()).toBe(before);
  expect((await ask({ origin: "http://localhost:3000" })).status).not.toBe(403);
});
