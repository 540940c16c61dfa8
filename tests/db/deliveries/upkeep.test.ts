import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countEverywhere } from "@/lib/deliveries/delete-everywhere";
import { countLoss } from "@/lib/deliveries/privacy/preview";
import { clickPayload } from "@/tests/factory";
import { hold, untilWaiting } from "../locks";
import { deliver, NOW } from "./deliver";

const dataDir = mkdtempSync(join(tmpdir(), "footfall-upkeep-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

test("many requests about what is stored hold up no delivery", async () => {
  await deliver(clickPayload({ click: { id: "first", ip: "198.51.100.9" } }));
  const release = await hold((tx) => tx.$executeRaw`lock table visitor_salt in access exclusive mode`);
  const asked = Array.from({ length: 8 }, () => countEverywhere({ ip: "198.51.100.9" }, dataDir));
  await untilWaiting(2);
  expect(await deliver(clickPayload({ click: { id: "second" } }))).toEqual(["counted"]);
  // Nobody who makes a setting stricter has to wait until they are over.
  expect(await countLoss({ keptAddress: "none" }, NOW, 50)).toMatchObject({ cut: null });
  await release();
  expect((await Promise.all(asked)).map(({ clicks }) => clicks)).toEqual(Array(8).fill(1));
  expect(await countLoss({ keptAddress: "none" }, NOW)).toMatchObject({ cut: { clicks: 2 } });
});

test("what can't be counted in time isn't said to be nothing", async () => {
  await deliver(clickPayload());
  const release = await hold((tx) => tx.$executeRaw`lock table click in access exclusive mode`);
  expect(await countLoss({ keptAddress: "none", clickDays: 10 }, NOW, 50)).toEqual({ cut: null, deleted: null });
  await release();
  expect(await countLoss({ keptAddress: "none", clickDays: 10 }, NOW)).toMatchObject({ cut: { clicks: 1 } });
});
