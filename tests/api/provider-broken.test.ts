import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { CLIENT, startProvider } from "../setup/oidc";
import { passProvider } from "../setup/oidc-browser";
import { cookieOf, signedIn } from "./access-helpers";

const HERE = "http://localhost:3999";
const { issuer, stop } = await startProvider(`${HERE}/api/auth/callback/oidc`, {});

afterAll(stop);

beforeEach(async () => {
  await signedIn();
});

/** The routes of a server that was started with these settings, and what it logs. */
async function started(settings: Record<string, string>) {
  vi.resetModules();
  Object.assign(process.env, {
    ...{ PUBLIC_URL: HERE, OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
    ...settings,
  });
  const { log } = await import("@/lib/base/log");
  const lines: string[] = [];
  for (const level of ["warn", "error"] as const)
    vi.spyOn(log, level).mockImplementation((...line: unknown[]) => void lines.push(JSON.stringify(line)));
  const { GET: begin } = await import("@/app/api/sign-in/provider/route");
  const { GET: end } = await import("@/app/api/auth/callback/oidc/route");
  return { lines, begin: () => begin(new Request(`${HERE}/api/sign-in/provider`), {}), end };
}

test.each([
  ["a wrong path", `${issuer}/nowhere`, "answered 404"],
  ["nobody there", "http://localhost:9", "fetch failed"],
])("an issuer with %s leads to the sign-in page, and the log says what to check", async (_, url, cause) => {
  const { begin, lines } = await started({ OIDC_ISSUER: url });
  expect((await begin()).headers.get("location")).toBe("/login?error=provider");
  const line = await vi.waitFor(
    () => lines.find((text) => text.includes("Check OIDC_ISSUER")) ?? expect.fail("not said"),
    {
      timeout: 20_000,
    },
  );
  expect(line).toContain(cause);
  expect(line).toContain(`${url}/.well-known/openid-configuration`);
});

test("a wrong secret is named by the log, which doesn't contain it", async () => {
  const { begin, end, lines } = await started({ OIDC_CLIENT_SECRET: "another-secret-than-the-clients" });
  const begun = await begin();
  const url = await passProvider(begun.headers.get("location") ?? "", `${HERE}/api/auth`, "anna");
  const cookie = cookieOf(begun.headers.getSetCookie());
  const ended = await end(new Request(url, { headers: { cookie } }), {});
  expect(ended.headers.get("location")).toMatch(/\/login\?error=invalid_code$/);
  expect(lines.join("\n")).toContain("Check OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_CLIENT_AUTH");
  expect(lines.join("\n")).toMatch(/invalid_client|401/);
  expect(lines.join("\n")).not.toContain("another-secret");
});
