import type { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { db } from "@/lib/db";
import { clickPayload, signed } from "@/tests/factory";

/** Stands between us and the database, and can stop passing on what either says. */
const line = await vi.hoisted(async () => {
  // What is hoisted runs before any import.
  const { connect, createServer } = await import("node:net");
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
  return {
    stick(stuck: boolean) {
      isStuck = stuck;
      for (const socket of sockets) stuck ? socket.pause() : socket.resume();
    },
  };
});

test("a database that stops answering is unavailable within five seconds, and nothing is counted twice after", async () => {
  expect((await POST(signed(clickPayload()), undefined)).status).toBe(202);
  const second = clickPayload({ click: { id: "second" } });

  line.stick(true);
  const begun = performance.now();
  const response = await POST(signed(second), undefined);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(performance.now() - begun).toBeLessThan(5_000);

  line.stick(false);
  expect((await POST(signed(second), undefined)).status).toBe(202);
  expect(await db().click.count()).toBe(2);
});
