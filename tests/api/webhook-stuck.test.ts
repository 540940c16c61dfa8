import type { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { db } from "@/lib/db";
import { spoolDepth } from "@/lib/ingest/accept";
import { clickPayload, signed } from "@/tests/factory";

/** Stands between us and the database, and can stop passing on what either says. */
const line = await vi.hoisted(async () => {
  // What is hoisted runs before any import.
  const { connect, createServer } = await import("node:net");
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const database = new URL(process.env.DATABASE_URL ?? "");
  const sockets = new Set<Socket>();
  let isStuck = false;
  const server = createServer((client) => {
    const upstream = connect(Number(database.port), database.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      if (isStuck) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = new URL(database);
  url.port = typeof address === "object" && address ? String(address.port) : "";
  process.env.DATABASE_URL = url.href;
  process.env.DATA_DIR = mkdtempSync(join(tmpdir(), "footfall-spool-"));
  return {
    stick(stuck: boolean) {
      isStuck = stuck;
      for (const socket of sockets) stuck ? socket.pause() : socket.resume();
    },
  };
});

test("a database that stops answering makes nobody wait for five seconds, and nothing is counted twice after", async () => {
  expect((await POST(signed(clickPayload()), undefined)).status).toBe(202);
  const second = clickPayload({ click: { id: "second" } });

  line.stick(true);
  const begun = performance.now();
  const response = await POST(signed(second), undefined);
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ outcome: "spooled" });
  expect(performance.now() - begun).toBeLessThan(5_000);

  // Sent at once, and behind what waits already.
  for (const body of ["nonsense", "nonsense"]) expect((await POST(signed(body), undefined)).status).toBe(202);
  line.stick(false);
  await vi.waitFor(async () => expect(await db().delivery.count()).toBe(2), 15_000);
  expect(await db().click.count()).toBe(2);
  expect(await db().delivery.findMany({ select: { outcome: true } })).toEqual([
    { outcome: "quarantined" },
    { outcome: "quarantined" },
  ]);
  await vi.waitFor(() => expect(spoolDepth().bytes).toBe(0), 15_000);
  expect(await (await POST(signed(clickPayload({ click: { id: "third" } })), undefined)).json()).toEqual({
    outcome: "counted",
  });
});
