import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { createRig, LIMIT, PATIENCE, takenMore, times } from "./rig";
import { createSender, type Sender } from "./sender";

const rig = createRig();
const { serve, expectProof } = rig;

/** Waits until some deliveries more are taken, and then for a moment that chance decides. */
async function afterSome(sender: Sender, most: number): Promise<void> {
  await takenMore(sender, 15);
  await delay(rig.chance()() * most);
}

test("a server that is killed again and again loses nothing that it took", LIMIT, async () => {
  const server = await serve("one");
  const sender = createSender([server.url], rig.chance(), "kill");
  for (let n = 0; n < times(5, 50); n++) {
    await afterSome(sender, 1_500);
    await server.end("SIGKILL");
    await server.start();
  }
  const { sent } = await sender.finish();
  await expectProof(sent);
});

test("nor does one whose database dies, or whose connections are cut", LIMIT, async () => {
  const server = await serve("one");
  const sender = createSender([server.url], rig.chance(), "database");
  for (let n = 0; n < times(2, 12); n++) {
    await afterSome(sender, 1_000);
    rig.line().cut();
    await delay(300 + rig.chance()() * 1_000);
    rig.killPostgres();
    // Sometimes the server dies as well, with a full spool.
    if (rig.chance()() < 0.5) {
      await delay(rig.chance()() * 500);
      await server.end("SIGKILL");
      await server.start();
    }
  }
  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()].filter((status) => ![202, 503, "none"].includes(status))).toEqual([]);
  await expectProof(sent);
});

test("nor do two servers, one with a full spool, one with a clock that goes back", LIMIT, async () => {
  const [small, other] = [await serve("small", { SPOOL_MAX_BYTES: "100KB" }), await serve("other")];
  const sender = createSender([small.url, other.url], rig.chance(), "two");
  for (let n = 0; n < times(1, 8); n++) {
    await afterSome(sender, 500);
    rig.line().refuse(true);
    process.kill(other.pid(), "SIGUSR2");
    await vi.waitFor(() => expect(sender.statuses(), "the full spool was met").toContain(503), PATIENCE);
    await other.end("SIGKILL");
    await other.start();
    rig.line().refuse(false);
    await delay(1_000);
  }
  const { sent } = await sender.finish();
  await expectProof(sent);
});

test("one that is stopped in an orderly way answers what it took, and takes nothing new", {
  timeout: 900_000,
}, async () => {
  const server = await serve("one");
  const sender = createSender([server.url], rig.chance(), "stop");
  for (let n = 0; n < times(2, 10); n++) {
    await afterSome(sender, 1_000);
    // It ends by itself: nobody kills it here, as the start script would after twelve seconds.
    expect(await server.end("SIGTERM")).toEqual({ code: 143, signal: null });
    await server.start();
  }
  const { sent, statuses } = await sender.finish();
  expect([...statuses.keys()].filter((status) => ![202, 503, "none"].includes(status))).toEqual([]);
  await expectProof(sent);
});
