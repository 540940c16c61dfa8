import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { readViewer } from "@/lib/account/session";
import { db } from "@/lib/base/db";
import { signedIn, signedInAs } from "./access-helpers";
import { type Came, signInAs } from "./provider-helpers";

// Where the provider alone says who may come in: a role claim, and no role for the others.
const { known, stop } = await vi.hoisted(async () => {
  const { CLIENT, startProvider } = await import("../setup/oidc");
  const known: Record<string, Record<string, unknown>> = {};
  const { issuer, stop } = await startProvider("http://localhost:3999/api/auth/callback/oidc", known);
  Object.assign(process.env, {
    ...{ PUBLIC_URL: "http://localhost:3999", OIDC_ISSUER: issuer, OIDC_ROLE_CLAIM: "groups" },
    ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
  });
  return { known, stop };
});

afterAll(stop);

beforeEach(() => signedIn());

const viewer = ({ cookie }: Pick<Came, "cookie">) => readViewer(new Headers({ cookie }));

test("whose role is taken away there is out everywhere, and back with the next one", async () => {
  known.anna = { groups: ["member"] };
  const first = await signInAs("anna");
  expect(await viewer(first)).toMatchObject({ role: "member" });
  const session = await db().session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBeLessThan(25 * 3_600_000);
  known.anna = { groups: ["sales"] };
  expect((await signInAs("anna")).location).toBe("/login?error=role");
  expect(await viewer(first)).toBeNull();
  known.anna = { groups: ["viewer"] };
  expect(await viewer(await signInAs("anna"))).toMatchObject({ role: "viewer" });
  known.ben = {};
  expect((await signInAs("ben")).location).toBe("/login?error=role");
  expect(await db().user.count({ where: { email: "ben@example.com" } })).toBe(0);
});

test("a provider that doesn't tell the roles for once takes none away", async () => {
  known.carl = { groups: ["admin"] };
  const first = await signInAs("carl");
  known.carl = { groups: ["admin"], isAway: true };
  expect((await signInAs("carl")).location).toBe("/login?error=provider");
  expect(await viewer(first)).toMatchObject({ role: "admin" });
});

test("who has no role there keeps what their password opens when they try to connect it", async () => {
  const { id, cookie } = await signedInAs({ role: "member" }, "dora@example.com");
  known.dora = { groups: ["sales"] };
  expect((await signInAs("dora", "/settings", cookie)).location).toBe("/settings?error=role#sign-in-provider");
  expect(await viewer({ cookie })).toMatchObject({ userId: id, role: "member" });
});
