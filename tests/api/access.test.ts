import { beforeEach, expect, test } from "vitest";
import { GET, POST } from "@/app/api/auth/[...all]/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { readViewer, requireApiViewer } from "@/lib/account/session";
import { endSession, signIn } from "@/lib/account/sign-in";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { authRequest, cookieOf, OWNER } from "./access-helpers";

const DAY_MS = 24 * 60 * 60 * 1000;

const post = (...request: Parameters<typeof authRequest>) => POST(authRequest(...request), {});

const asking = (cookie: string) => new Request("http://localhost:3000/api/export/all.zip", { headers: { cookie } });

async function cookieOfSignIn(): Promise<string> {
  const response = await post("/sign-in/email", OWNER);
  expect(response.status).toBe(200);
  return cookieOf(response.headers.getSetCookie());
}

beforeEach(async () => {
  await createOwner(OWNER);
});

test("signing in gives a cookie for thirty days that routes accept", async () => {
  const response = await post("/sign-in/email", OWNER);
  expect(response.status).toBe(200);
  const cookies = response.headers.getSetCookie();
  expect(cookies).toEqual([
    expect.stringMatching(
      /^footfall-[0-9a-f]{8}\.session_token=[^;]{40,}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/i,
    ),
  ]);
  const { id: userId } = await db().user.findFirstOrThrow();
  expect(await requireApiViewer(asking(cookieOf(cookies)))).toEqual({
    ...{ userId, role: "owner", links: null, hidden: [], asker: `person ${userId}` },
    powers: ["export", "write", "operate", "settings"],
  });
  const { expiresAt } = await db().session.findFirstOrThrow();
  expect((expiresAt.getTime() - Date.now()) / DAY_MS).toBeCloseTo(30, 2);
});

test("the e-mail address may be written in any case", async () => {
  const response = await post("/sign-in/email", { ...OWNER, email: "Owner@Example.COM" });
  expect(response.status).toBe(200);
});

test.each([
  ["another password", { ...OWNER, password: "not the password" }, 401],
  ["another address", { ...OWNER, email: "somebody@example.com" }, 401],
  ["a password of 129 characters", { ...OWNER, password: "x".repeat(129) }, 400],
  ["something that is no address", { ...OWNER, email: "owner" }, 400],
  ["a list instead of an address", { ...OWNER, email: ["owner@example.com"] }, 400],
  ["nothing", null, 400],
])("%s does not sign in", async (_, body, status) => {
  const response = await post("/sign-in/email", body);
  expect(response.status).toBe(status);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(await db().session.count()).toBe(0);
});

test("a body that is not JSON is refused, not a failure of ours", async () => {
  const headers = { "content-type": "application/json" };
  const request = new Request("http://localhost/api/auth/sign-in/email", { method: "POST", headers, body: "{" });
  expect((await POST(request, {})).status).toBe(400);
});

test("a cookie that was changed is refused", async () => {
  const cookie = await cookieOfSignIn();
  const [name, value = ""] = cookie.split("=", 2);
  const [token = "", signature = ""] = decodeURIComponent(value).split(".", 2);
  const forged = [
    `${token}x.${signature}`,
    `${token}.${signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))}`,
    `${token}.`,
    token,
    "",
    "%00",
  ];
  for (const text of forged) {
    expect(await readViewer(new Headers({ cookie: `${name}=${encodeURIComponent(text)}` }))).toBeNull();
  }
  expect(await readViewer(new Headers({ cookie }))).not.toBeNull();
});

test("a request without a session is told to sign in", async () => {
  const error = await requireApiViewer(new Request("http://localhost/")).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  const response = (error as AppError).toResponse();
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    error: { code: "unauthorized", message: "Sign in first: this needs a session cookie." },
  });
});

test("a session that has expired is refused and forgotten", async () => {
  const cookie = await cookieOfSignIn();
  await db().session.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
  await expect(requireApiViewer(asking(cookie))).rejects.toMatchObject({ code: "unauthorized" });
  expect(await db().session.count()).toBe(0);
});

test("signing out ends the session, removes the cookie and leaves other browsers alone", async () => {
  const [here, elsewhere] = [await cookieOfSignIn(), await cookieOfSignIn()];
  const response = await post("/sign-out", {}, { cookie: here, origin: "http://localhost:3000" });
  expect(response.status).toBe(200);
  expect(response.headers.getSetCookie()[0]).toMatch(/^footfall-[0-9a-f]{8}\.session_token=; Max-Age=0;/);
  await expect(requireApiViewer(asking(here))).rejects.toMatchObject({ code: "unauthorized" });
  expect(await readViewer(new Headers({ cookie: elsewhere }))).not.toBeNull();
});

test("the session can be read by its cookie", async () => {
  const headers = { cookie: await cookieOfSignIn() };
  const response = await GET(new Request("http://localhost/api/auth/get-session", { headers }), {});
  expect(await response.json()).toMatchObject({ user: { email: OWNER.email } });
});

test("the form signs in and out by the same way", async () => {
  const caller = new Headers({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000", "content-length": "3" });
  const session = await signIn(OWNER, caller);
  const cookie = cookieOf(session);
  expect(await readViewer(new Headers({ cookie }))).not.toBeNull();
  const removed = await endSession(new Headers({ host: "127.0.0.1:3000", cookie }));
  expect(removed[0]).toMatch(/^footfall-[0-9a-f]{8}\.session_token=; Max-Age=0;/);
  expect(await readViewer(new Headers({ cookie }))).toBeNull();
});

test("the form is told why it does not sign in", async () => {
  const host = { host: "localhost:3000" };
  const wrong = { code: "unauthorized", message: "Wrong email or password." };
  await expect(signIn({ ...OWNER, password: "no" }, new Headers(host))).rejects.toMatchObject(wrong);
  await expect(signIn({ email: "owner", password: "" }, new Headers(host))).rejects.toMatchObject(wrong);
  const foreign = new Headers({ ...host, origin: "http://evil.example" });
  await expect(signIn(OWNER, foreign)).rejects.toMatchObject({ code: "forbidden" });
});

test("nothing else of the library's routes is open, not even to somebody signed in", async () => {
  const endpoints = Object.values(auth().api) as { path?: string; options: { method?: string | string[] } }[];
  const own = endpoints.flatMap(({ path, options: { method = [] } }) =>
    path ? [method].flat().map((verb) => `${verb} ${path.replaceAll(/:\w+/g, "x")}`) : [],
  );
  expect(own).toEqual(expect.arrayContaining(["POST /sign-up/email", "POST /change-password", "POST /delete-user"]));
  const spelled = ["/sign-up/email/", "//sign-up/email", "/sign-in/../sign-up/email", "/%73ign-up/email"];
  const doors = [...own, ...spelled.map((path) => `POST ${path}`), "GET /sign-in/email"];
  const headers = {
    "content-type": "application/json",
    host: "localhost:3000",
    origin: "http://localhost:3000",
    cookie: await cookieOfSignIn(),
  };
  const body = JSON.stringify({
    name: "Eve",
    email: "eve@example.com",
    password: "a password",
    newPassword: "another",
  });
  const before = await db().user.findMany({ include: { accounts: true, sessions: true } });

  const open: string[] = [];
  for (const door of doors.filter((door) => door !== "POST /sign-out")) {
    const [method = "", path = ""] = door.split(" ");
    const init = method === "GET" ? { method, headers } : { method, headers, body };
    const response = await (method === "GET" ? GET : POST)(
      new Request(`http://localhost:3000/api/auth${path}`, init),
      {},
    );
    if (response.status !== 404) open.push(door);
  }
  expect(open.toSorted()).toEqual(["GET /get-session", "POST /sign-in/email"]);
  expect(await db().user.findMany({ include: { accounts: true, sessions: true } })).toEqual(before);
});

test("even inside the server the library signs nobody up", async () => {
  const body = { name: "Eve", email: "eve@example.com", password: "a password" };
  await expect(auth().api.signUpEmail({ body })).rejects.toThrow();
  expect(await db().user.count()).toBe(1);
});

test("a body that is no sign-in is refused before it is read whole", async () => {
  const body = JSON.stringify({ email: "owner@example.com", password: "x".repeat(20_000) });
  const request = new Request("http://localhost:3000/api/auth/sign-in/email", { method: "POST", body });
  expect((await POST(request, {})).status).toBe(413);
});
