import { expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { db } from "@/lib/base/db";
import { demoSecret } from "@/lib/deliveries/secrets/secret";
import { sign } from "@/lib/senders/dub/dub";
import { bytes, clickPayload, SECRET, signed } from "@/tests/factory";

async function post(request: Request) {
  const response = await POST(request, undefined);
  return { status: response.status, body: await response.json() };
}

function withHeaders(body: unknown, headers: Record<string, string>): Request {
  return new Request("http://localhost/api/webhooks/dub", { method: "POST", headers, body: bytes(body) });
}

async function rows(): Promise<number> {
  return (await db().click.count()) + (await db().link.count()) + (await db().delivery.count());
}

test("a signed click is accepted and counted", async () => {
  expect(await post(signed(clickPayload()))).toEqual({ status: 202, body: { outcome: "counted" } });
  expect(await db().click.count()).toBe(1);
});

test("every live secret signs, and the demo's own", async () => {
  for (const secret of ["whsec_second_live_secret_for_rotation", demoSecret(process.env.SECRET_KEY ?? "")]) {
    expect((await post(signed(clickPayload(), undefined, secret))).status).toBe(202);
  }
});

test("what is not signed is refused, and nothing is stored", async () => {
  const body = clickPayload();
  const signature = sign(bytes(body), SECRET);
  const refused = {
    status: 401,
    body: {
      error: {
        code: "unauthorized",
        message: "The Dub-Signature header is missing or was made with a different secret.",
      },
    },
  };
  expect(await post(withHeaders(body, {}))).toEqual(refused);
  expect(await post(withHeaders(body, { "Dub-Signature": signature.toUpperCase() }))).toEqual(refused);
  expect(await post(withHeaders(clickPayload({ id: "evt_x" }), { "Dub-Signature": signature }))).toEqual(refused);
  expect(await post(signed(body, undefined, "whsec_another"))).toEqual(refused);
  expect(await post(withHeaders("", {}))).toEqual(refused);
  expect(await rows()).toBe(0);
});

test("a body over the limit is refused: by what is announced, before anything else; else as it comes", async () => {
  const largest = await post(signed(Buffer.alloc(1_048_576, " ")));
  expect(largest).toEqual({ status: 202, body: { outcome: "quarantined" } });
  const tooLarge = {
    status: 413,
    body: { error: { code: "payload_too_large", message: "The body is too large: send at most 1,048,576 bytes." } },
  };
  const body = Buffer.alloc(1_048_577, " ");
  expect(await post(withHeaders("", { "Content-Length": "1048577" }))).toEqual(tooLarge);
  expect(await post(signed(body))).toEqual(tooLarge);
  // Nobody reads what cannot be authentic.
  expect((await post(withHeaders(body, {}))).status).toBe(401);
});

test("authentic nonsense is accepted, because the sender would only send it again", async () => {
  for (const body of ["", "nonsense", "[]", '{"event":"x"}', clickPayload({ click: { timestamp: 5 } })]) {
    expect(await post(signed(body))).toEqual({ status: 202, body: { outcome: "quarantined" } });
  }
  expect(await db().delivery.count()).toBe(5);
});

test("a hundred of the same delivery at once are one click and 99 duplicates", async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => post(signed(clickPayload()))));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(100);
  expect(answers.filter(({ body }) => body.outcome === "counted")).toHaveLength(1);
  expect(await db().click.count()).toBe(1);
  expect(await db().delivery.groupBy({ by: ["outcome"], _count: true })).toEqual([
    { outcome: "duplicate", _count: 99 },
  ]);
});
