import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { db } from "@/lib/base/db";
import { spoolDepth } from "@/lib/deliveries/accept";
import { clickPayload, signed } from "@/tests/factory";

/** Stands between us and the database. */
const line = await vi.hoisted(async () => {
  // What is hoisted runs before any import.
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { openLine } = await import("../setup/line");
  const opened = await openLine(process.env.DATABASE_URL ?? "");
  process.env.DATABASE_URL = opened.url;
  process.env.DATA_DIR = mkdtempSync(`${tmpdir()}/footfall-spool-`);
  return opened;
});

test("a database that stops answering makes nobody wait for five seconds, and nothing is counted twice after", async () => {
  expect((await POST(signed(clickPayload()), undefined)).status).toBe(202);
  const second = clickPayload({ click: { id: "second" } });

  line.stick(true);
  const begun = performance.now();
  const asked = POST(signed(second), undefined);
  // Comes while the first is being tried, and waits for the next write.
  const behind = POST(signed(clickPayload({ click: { id: "behind" } })), undefined);
  const response = await asked;
  expect((await behind).status).toBe(202);
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ outcome: "spooled" });
  expect(performance.now() - begun).toBeLessThan(5_000);

  // Sent at once, and behind what waits already.
  for (const body of ["nonsense", "nonsense"]) expect((await POST(signed(body), undefined)).status).toBe(202);
  line.stick(false);
  await vi.waitFor(async () => expect(await db().delivery.count()).toBe(2), 15_000);
  expect(await db().click.count()).toBe(3);
  expect(await db().delivery.findMany({ select: { outcome: true } })).toEqual([
    { outcome: "quarantined" },
    { outcome: "quarantined" },
  ]);
  await vi.waitFor(() => expect(spoolDepth().bytes).toBe(0), 15_000);
  let next = 0;
  await vi.waitFor(async () => {
    const response = await POST(signed(clickPayload({ click: { id: `later ${next++}` } })), undefined);
    expect(await response.json()).toEqual({ outcome: "counted" });
  }, 15_000);
});
