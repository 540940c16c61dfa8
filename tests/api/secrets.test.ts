import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { DELETE, PATCH } from "@/app/api/secrets/[id]/route";
import { POST } from "@/app/api/secrets/route";
import { POST as receive } from "@/app/api/webhooks/dub/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { db } from "@/lib/base/db";
import { flushUse, reloadSecrets } from "@/lib/deliveries/secrets/live";
import { hasSenderSecret, listSecrets } from "@/lib/deliveries/secrets/manage";
import { clickPayload, SECRET, signed } from "@/tests/factory";
import { cookieOf, OWNER } from "./access-helpers";

const VALUE = "whsec_0123456789abcdef0123456789abcdef";
let cookie: string;

beforeEach(async () => {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  cookie = cookieOf(headers.getSetCookie());
});

function request(method: string, body?: unknown): Request {
  const headers = { "content-type": "application/json", cookie };
  return new Request("http://localhost/api/secrets", {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}
const at = (id: number | string) => ({ params: Promise.resolve({ id: String(id) }) });

async function add(body: object): Promise<{ id: number; value: string | null }> {
  const response = await POST(request("POST", body), {});
  expect(response.status).toBe(201);
  return response.json();
}
const problemOf = async (body: object): Promise<string> => {
  const response = await POST(request("POST", body), {});
  expect(response.status).toBe(422);
  return ((await response.json()) as { error: { message: string } }).error.message;
};
const deliver = async (secret: string, id = "c") =>
  (await receive(signed(clickPayload({ click: { id } }), undefined, secret), {})).status;
const stateOf = async (id: number) => (await listSecrets()).find((secret) => secret.id === id);

test("what is signed with a secret of the settings counts from its addition to its revocation", async () => {
  expect(await deliver(VALUE)).toBe(401);
  const { id, value } = await add({ name: " Shop ", value: ` ${VALUE}\n` });
  expect(value).toBeNull();
  expect(await deliver(VALUE)).toBe(202);
  expect(await db().click.findMany({ select: { secretId: true } })).toEqual([{ secretId: id }]);
  expect((await stateOf(id))?.lastUsedAt).not.toBeNull();
  await flushUse();
  expect(await stateOf(id)).toMatchObject({ name: "Shop", hint: "cdef", state: "valid", source: "settings" });
  expect((await db().webhookSecret.findUnique({ where: { id } }))?.lastUsedAt).not.toBeNull();

  expect((await PATCH(request("PATCH", { name: "Store" }), at(id))).status).toBe(204);
  expect((await DELETE(request("DELETE"), at(id))).status).toBe(204);
  expect(await deliver(VALUE, "d")).toBe(401);
  expect(await stateOf(id)).toMatchObject({ name: "Store", state: "revoked" });
  expect((await db().webhookSecret.findUnique({ where: { id } }))?.sealed).toBeNull();
  expect((await DELETE(request("DELETE"), at(id))).status).toBe(404);
  expect((await add({ name: "Shop again", value: VALUE })).id).toBe(id);
  expect(await deliver(VALUE, "d")).toBe(202);
});

test("a secret made here is told once; while it replaces another, both count", async () => {
  const old = await add({ name: "Old", value: VALUE });
  expect(await hasSenderSecret()).toBe(true);
  const made = await add({ name: "New", value: null, replaces: old.id });
  expect(made.value).toMatch(/^whsec_[0-9a-f]{64}$/);
  expect(await deliver(VALUE, "a")).toBe(202);
  expect(await deliver(made.value ?? "", "b")).toBe(202);
  expect(await stateOf(old.id)).toMatchObject({ state: "replaced", replacedBy: "New" });
  expect(JSON.stringify(await listSecrets())).not.toContain(made.value);
});

test("what cannot be a secret is refused in words", async () => {
  await add({ name: "Shop", value: VALUE });
  expect(await problemOf({ name: "Shop", value: VALUE })).toContain("already exists as “Shop”");
  expect(await problemOf({ name: "Env", value: SECRET })).toContain("already exists as DUB_WEBHOOK_SECRET");
  expect(await problemOf({ name: " ", value: "whsec_another_one_of_them" })).toMatch(/^name: Enter a name/);
  expect(await problemOf({ name: "a", value: "short" })).toMatch(/^value: .*at least 16/);
  expect(await problemOf({ name: "a", value: "whsec_with a space in it" })).toMatch(/^value: .*no spaces/);
  expect((await POST(request("POST", { name: "a", value: null, replaces: 5 }), {})).status).toBe(404);
  for (const id of ["x", "99999999999", "-1", "5"]) {
    expect((await PATCH(request("PATCH", { name: "a" }), at(id))).status).toBe(404);
    expect((await DELETE(request("DELETE"), at(id))).status).toBe(404);
  }
});

test("nobody without a session changes secrets", async () => {
  const { id } = await add({ name: "Shop", value: VALUE });
  cookie = "";
  expect((await POST(request("POST", { name: "Mine", value: null }), {})).status).toBe(401);
  expect((await PATCH(request("PATCH", { name: "Mine" }), at(id))).status).toBe(401);
  expect((await DELETE(request("DELETE"), at(id))).status).toBe(401);
  expect(await deliver(VALUE)).toBe(202);
});

test("what another server has added or revoked is known here without a restart", async () => {
  const { id } = await add({ name: "Shop", value: VALUE });
  const { sealed } = await db().webhookSecret.findUniqueOrThrow({ where: { id } });
  await db().webhookSecret.update({ where: { id }, data: { revokedAt: new Date(), sealed: null } });
  // As it does every five seconds.
  await reloadSecrets();
  expect(await deliver(VALUE)).toBe(401);
  await db().webhookSecret.update({ where: { id }, data: { revokedAt: null, sealed } });
  // A signature that fits none asks at once, though not more than once a second.
  await vi.waitFor(async () => expect(await deliver(VALUE)).toBe(202), { timeout: 20_000, interval: 200 });
});

test("the copy beside the database is sealed, and for its owner alone", async () => {
  await add({ name: "Shop", value: VALUE });
  const file = join(process.env.DATA_DIR ?? "", "webhook-secrets.json");
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 20_000 });
  expect(readFileSync(file, "utf8")).not.toContain(VALUE);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
