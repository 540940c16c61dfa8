import { NextRequest } from "next/server";
import { beforeEach, expect, test } from "vitest";
import { PATCH as ACCOUNT } from "@/app/api/account/route";
import { PATCH as PREFERENCES } from "@/app/api/preferences/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { usualBots } from "@/lib/account/preferences";
import { readViewer } from "@/lib/account/session";
import { db } from "@/lib/base/db";
import { proxy } from "@/proxy";
import { cookieOf, OWNER } from "./access-helpers";

const NEW = "another password of the owner";

async function signIn(password = OWNER.password, email = OWNER.email): Promise<string> {
  const { headers } = await auth().api.signInEmail({ body: { email, password }, returnHeaders: true });
  return cookieOf(headers.getSetCookie());
}

let cookie: string;

beforeEach(async () => {
  await createOwner(OWNER);
  cookie = await signIn();
});

function patch(route: typeof ACCOUNT, body: object, headers: HeadersInit = { cookie }): Promise<Response> {
  const init = { method: "PATCH", body: JSON.stringify(body) };
  const request = new Request("http://localhost/api/it", {
    ...init,
    headers: { "content-type": "application/json", ...headers },
  });
  return route(request, {});
}
const isSignedIn = async (session: string) => (await readViewer(new Headers({ cookie: session }))) !== null;
const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;

test("a new password ends all other sessions, and the old one signs in no more", async () => {
  const other = await signIn();
  const response = await patch(ACCOUNT, { currentPassword: OWNER.password, newPassword: NEW });
  expect(response.status).toBe(200);
  expect(await isSignedIn(cookieOf(response.headers.getSetCookie()))).toBe(true);
  expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(cookie)).toBe(false);
  await expect(signIn()).rejects.toThrow();
  expect(await signIn(NEW)).not.toBe("");
});

test("a wrong current password, a short new one, strangers and other sites change nothing", async () => {
  const wrong = await patch(ACCOUNT, { currentPassword: "not the password", newPassword: NEW });
  expect([wrong.status, await messageOf(wrong)]).toEqual([422, "currentPassword: This isn’t your current password."]);
  const email = await patch(ACCOUNT, { currentPassword: "not the password", email: "thief@example.com" });
  expect(email.status).toBe(422);
  const short = await patch(ACCOUNT, { currentPassword: OWNER.password, newPassword: "short" });
  expect([short.status, await messageOf(short)]).toEqual([422, "newPassword: Use at least 8 characters."]);
  const right = { currentPassword: OWNER.password, newPassword: NEW };
  expect((await patch(ACCOUNT, right, {})).status).toBe(401);
  expect((await patch(ACCOUNT, right, { cookie, origin: "https://evil.example" })).status).toBe(403);
  expect(await isSignedIn(cookie)).toBe(true);
  expect(await db().user.findFirst()).toMatchObject({ email: OWNER.email });
  expect(await signIn()).not.toBe("");
});

test("guesses of the current password are limited", async () => {
  const guess = () => patch(ACCOUNT, { currentPassword: "not the password", newPassword: NEW });
  let { status } = await guess();
  for (let n = 1; n < 30 && status === 422; n++) ({ status } = await guess());
  expect(status).toBe(429);
  expect((await patch(ACCOUNT, { currentPassword: OWNER.password, newPassword: NEW })).status).toBe(429);
});

test("the email address changes with the current password, and the session goes on", async () => {
  const change = { currentPassword: OWNER.password, email: " New@Example.com " };
  expect((await patch(ACCOUNT, change)).status).toBe(200);
  expect(await isSignedIn(cookie)).toBe(true);
  await expect(signIn()).rejects.toThrow();
  expect(await signIn(OWNER.password, "new@example.com")).not.toBe("");
});

/** Where a page without parameters leads. */
async function opened(path: string, browser = ""): Promise<string | null> {
  const request = new NextRequest(new URL(path, "http://localhost"), { headers: { cookie: `${cookie}${browser}` } });
  return (await proxy(request)).headers.get("location")?.replace("http://localhost", "") ?? null;
}

test("the account's zone and week and the usual bots open pages on every device, unless the URL says others", async () => {
  const browser = "; footfall-zone=America%2FNew_York";
  expect(await opened("/health", browser)).toBe("/health?timezone=America%2FNew_York");
  expect(await opened("/", browser)).toBe("/?timezone=America%2FNew_York&bots=exclude");
  expect((await patch(PREFERENCES, { zone: "Asia/Tokyo", weekStart: "sunday", bots: "include" })).status).toBe(200);
  expect(await usualBots()).toBe("include");
  expect(await opened("/", browser)).toBe("/?timezone=Asia%2FTokyo&weekStart=sunday");
  expect(await opened("/health")).toBe("/health?timezone=Asia%2FTokyo");
  expect(await opened("/links?timezone=UTC&weekStart=saturday")).toBeNull();
  await patch(PREFERENCES, { zone: null });
  expect(await opened("/links?timezone=UTC")).toBe("/links?timezone=UTC&weekStart=sunday");
  await patch(PREFERENCES, { weekStart: "monday" });
  expect(await opened("/", browser)).toBe("/?timezone=America%2FNew_York");
});

test("preferences are a zone that there is and known words, and only of people who are signed in", async () => {
  expect((await patch(PREFERENCES, { zone: "Mars/Base" })).status).toBe(422);
  expect((await patch(PREFERENCES, { bots: "some" })).status).toBe(422);
  expect((await patch(PREFERENCES, { weekStart: "friday" })).status).toBe(422);
  expect((await patch(PREFERENCES, { zone: "Asia/Tokyo" }, {})).status).toBe(401);
  expect(await db().user.findFirst()).toMatchObject({ zone: null, weekStart: null });
});
