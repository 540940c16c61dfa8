import { beforeEach, describe, expect, test } from "vitest";
import { type Auth, createAuth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { handleAuth } from "@/lib/account/sign-in";
import { db } from "@/lib/base/db";
import { authRequest, cookieOf, OWNER } from "./access-helpers";

const secret = "a-secret-key-that-only-tests-use-9876543210";

beforeEach(async () => {
  await createOwner(OWNER);
});

/** Status of a sign-in, and of a sign-out with its cookie, from a page of `origin`. */
async function statuses(auth: Auth, host: string, headers: Record<string, string>): Promise<[number, number]> {
  const entered = await handleAuth(authRequest("/sign-in/email", OWNER, headers, host), auth);
  const session = await auth.api.signInEmail({ body: OWNER, returnHeaders: true });
  const cookie = cookieOf(session.headers.getSetCookie());
  const left = await handleAuth(authRequest("/sign-out", {}, { ...headers, cookie }, host), auth);
  return [entered.status, left.status];
}

describe("without PUBLIC_URL", () => {
  const auth = () => createAuth({ secret, publicUrl: undefined });

  test.each(["localhost:3000", "127.0.0.1:3000", "192.168.1.5:3000", "[::1]:3000", "clicks.lan", "clicks.lan:80"])(
    "a page opened at %s signs in and out, as does a program that names no origin",
    async (host) => {
      expect(await statuses(auth(), host, { origin: new URL(`http://${host}`).origin })).toEqual([200, 200]);
      expect(await statuses(auth(), host, {})).toEqual([200, 200]);
    },
  );

  test("a proxy that ends TLS and keeps or forwards the host is served", async () => {
    const origin = "https://clicks.example.com";
    expect(await statuses(auth(), "clicks.example.com", { origin })).toEqual([200, 200]);
    const forwarded = { origin, "x-forwarded-host": "clicks.example.com", "x-forwarded-proto": "https" };
    expect(await statuses(auth(), "127.0.0.1:3000", forwarded)).toEqual([200, 200]);
  });

  test.each([
    ["another site", { origin: "http://evil.example" }],
    ["another port", { origin: "http://localhost:3001" }],
    ["this machine under another name", { origin: "http://127.0.0.1:3000" }],
    ["the library's placeholder", { origin: "http://localhost" }],
    ["a name that starts alike", { origin: "http://localhost:3000.evil.example" }],
    ["a sandboxed frame", { origin: "null" }],
    ["another site that hides its origin", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }],
    ["another site that is only named as referer", { referer: "http://evil.example/page" }],
  ])("a page of %s is refused", async (_, headers) => {
    expect(await statuses(auth(), "localhost:3000", headers)).toEqual([403, 403]);
  });

  test("a host that looks like a pattern admits nobody", async () => {
    const headers = { origin: "http://evil.example", "x-forwarded-host": "*" };
    expect(await statuses(auth(), "localhost:3000", headers)).toEqual([403, 403]);
  });
});

describe("with PUBLIC_URL", () => {
  const auth = (publicUrl = "https://clicks.example.com") => createAuth({ secret, publicUrl });

  test("its pages are served, even by a proxy that changes the host", async () => {
    const headers = { origin: "https://clicks.example.com" };
    expect(await statuses(auth(), "clicks.example.com", headers)).toEqual([200, 200]);
    expect(await statuses(auth(), "127.0.0.1:3000", headers)).toEqual([200, 200]);
  });

  test("a foreign page is refused; the machine's own address is served where browsers keep the cookie", async () => {
    const http = auth("http://clicks.lan");
    expect(await statuses(http, "localhost:3000", { origin: "http://localhost:3000" })).toEqual([200, 200]);
    expect(await statuses(auth(), "localhost:3000", { origin: "https://evil.example" })).toEqual([403, 403]);
  });

  test.each([
    { origin: "http://localhost:3000" },
    { referer: "http://localhost:3000/login" },
    { "x-forwarded-proto": "http" },
  ])(
    "nobody signs in to an https address over http, as %j, where the browser would drop the cookie",
    async (headers) => {
      const request = authRequest("/sign-in/email", OWNER, headers);
      await expect(handleAuth(request, auth())).rejects.toMatchObject({
        code: "forbidden",
        message: expect.stringContaining("Open https://clicks.example.com instead."),
      });
      expect(await db().session.count()).toBe(0);
    },
  );

  test("the cookie never travels without TLS when the address is HTTPS", async () => {
    const https = await handleAuth(authRequest("/sign-in/email", OWNER), auth());
    expect(https.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Secure-footfall-[0-9a-f]{8}\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/i,
      ),
    ]);
    const http = await handleAuth(authRequest("/sign-in/email", OWNER), auth("http://clicks.lan"));
    expect(http.headers.getSetCookie()).toEqual([expect.not.stringMatching(/Secure/)]);
  });
});
