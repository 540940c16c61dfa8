import { expect, test } from "vitest";
import { POST } from "@/app/api/deliveries/replay/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { db } from "@/lib/base/db";
import { bytes, clickPayload } from "@/tests/factory";
import { cookieOf, OWNER } from "./access-helpers";

async function asked(body: unknown, headers: HeadersInit = {}): Promise<Response> {
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
  return POST(new Request("http://localhost/api/deliveries/replay", { ...init, body: JSON.stringify(body) }), {});
}

test("only the owner replays, and only what the filters name", async () => {
  const row = { receivedAt: new Date(), outcome: "quarantined", body: new Uint8Array(bytes(clickPayload())) };
  for (const reason of ["one", "another"]) await db().delivery.create({ data: { ...row, reason } });
  expect((await asked({ query: "" })).status).toBe(401);

  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  const cookie = { cookie: cookieOf(headers.getSetCookie()) };
  expect((await asked({ query: "" }, { ...cookie, "content-type": "text/plain" })).status).toBe(400);
  for (const body of [{}, { delivery: 1 }, { delivery: "x" }, { query: "", after: "-1" }])
    expect((await asked(body, cookie)).status).toBe(422);
  expect(await db().click.count()).toBe(0);

  const step = { settled: 1, kept: 0, next: null };
  expect(await (await asked({ query: "reason=another&span=all" }, cookie)).json()).toEqual(step);
  expect(await (await asked({ delivery: "1" }, cookie)).json()).toEqual(step);
  expect(await db().click.count()).toBe(1);
});
