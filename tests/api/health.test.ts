import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { expect, test } from "vitest";
import { GET } from "@/app/api/health/route";
import { setAway } from "@/lib/base/outage";
import { runtime } from "@/lib/base/runtime";
import { PrismaClient } from "@/lib/generated/prisma/client";
import packageJson from "@/package.json";
import { forgetFacts } from "@/tests/setup/facts";

const ask = (query = "") => GET(new Request(`http://localhost/api/health${query}`), undefined);

const PROBE = "database for probe";

async function withDatabase(url: string, run: () => Promise<void>): Promise<void> {
  const before = runtime().get(PROBE);
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
  runtime().set(PROBE, client);
  forgetFacts();
  try {
    await run();
  } finally {
    await client.$disconnect();
    if (before) runtime().set(PROBE, before);
    else runtime().delete(PROBE);
    setAway(false);
    forgetFacts();
  }
}

test("a server with its database is ready, and says its version", async () => {
  const answer = async () => {
    forgetFacts();
    const response = await ask();
    const body = (await response.json()) as object;
    return { code: response.status, caching: response.headers.get("cache-control"), ...body };
  };
  // The first connection takes its time on a busy machine.
  await expect.poll(answer).toEqual({
    ...{ code: 200, caching: "no-store" },
    status: "ok",
    version: packageJson.version,
    database: "ok",
    spool: { bytes: 0, limit: 536_870_912 },
    mirror: { state: "off", progress: null, reason: null },
    problems: [],
  });
  expect((await ask("?strict=1")).status).toBe(200);
});

test("a server without its database still takes deliveries: it says so, and not where the database is", async () => {
  await withDatabase("postgresql://somebody:secret@127.0.0.1:1/nothing", async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "degraded",
      reason: "The database is unreachable.",
      database: "away",
      problems: [{ id: "database", message: "The database is unreachable." }],
    });
    expect((await ask("?strict=1")).status).toBe(503);
  });
});

test("a database that does not answer is given two seconds", async () => {
  const mute = createServer().listen(0, "127.0.0.1");
  await once(mute, "listening");
  const sockets = new Set<{ destroy(): void }>();
  mute.on("connection", (socket) => sockets.add(socket));
  const { port } = mute.address() as AddressInfo;
  await withDatabase(`postgresql://somebody@127.0.0.1:${port}/nothing`, async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "degraded",
      reason: "The database is responding too slowly.",
    });
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
});
