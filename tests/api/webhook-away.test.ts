import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { clickPayload, signed } from "@/tests/factory";

vi.hoisted(() => {
  process.env.DATABASE_URL = "postgresql://somebody:hidden@127.0.0.1:1/nothing";
});

test("while the database is away, the sender is asked to come back, and not told where it is", async () => {
  const response = await POST(signed(clickPayload()), undefined);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await response.json()).toEqual({
    error: { code: "unavailable", message: "The database cannot take deliveries now. Send this again." },
  });
});

test("a wrong signature is a wrong signature even then", async () => {
  expect((await POST(signed(clickPayload(), undefined, "whsec_another"), undefined)).status).toBe(401);
});
