import { expect, test, vi } from "vitest";
import { GET, POST } from "@/app/api/auth/[...all]/route";
import { isSetUp, requireApiViewer } from "@/lib/account/session";
import { sessionCookies } from "@/lib/account/session-cookie";
import { signIn } from "@/lib/account/sign-in";
import { authRequest, OWNER } from "./access-helpers";

// Before anything reads the settings: nothing listens there.
vi.hoisted(() => {
  process.env.DATABASE_URL = "postgresql://somebody:secret@127.0.0.1:1/nothing";
});

const ANSWER = { error: { code: "unavailable", message: "The database is unreachable. Try again in a moment." } };

/** Signed with the tests' key, so that the session has to be looked up. */
async function signedCookie(): Promise<string> {
  const key = new TextEncoder().encode(process.env.SECRET_KEY);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const hmac = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  const signature = Buffer.from(await crypto.subtle.sign("HMAC", hmac, new TextEncoder().encode("token")));
  return `${sessionCookies(process.env.SECRET_KEY ?? "")[0]}=${encodeURIComponent(`token.${signature.toString("base64")}`)}`;
}

test("while the database is away nobody is taken for a stranger, and the answer is 503", async () => {
  const headers = { cookie: await signedCookie() };
  const asking = new Request("http://localhost/api/export/all.zip", { headers });
  await expect(requireApiViewer(asking)).rejects.toMatchObject({
    code: "unavailable",
    headers: { "Retry-After": "5" },
  });
  await expect(isSetUp()).rejects.toMatchObject({ code: "unavailable" });
});

test("while the database is away the library's routes answer 503", async () => {
  const entered = await POST(authRequest("/sign-in/email", OWNER), {});
  expect(entered.status).toBe(503);
  expect(entered.headers.get("retry-after")).toBe("5");
  expect(await entered.json()).toEqual(ANSWER);
  const headers = { cookie: await signedCookie() };
  const read = await GET(new Request("http://localhost/api/auth/get-session", { headers }), {});
  expect(read.status).toBe(503);
  await expect(signIn(OWNER, new Headers({ host: "localhost" }))).rejects.toMatchObject({ code: "unavailable" });
});

test("a request without a session is told to sign in without asking the database", async () => {
  await expect(requireApiViewer(new Request("http://localhost/"))).rejects.toMatchObject({ code: "unauthorized" });
});
