import { expect, test } from "vitest";
import { demoDeliveries } from "@/lib/deliveries/demo/deliveries";
import { LINKS } from "@/lib/deliveries/demo/links";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { summarise } from "../../scripts/demo/summary";

const SPAN = { days: 30, clicks: 2_000, end: Date.parse("2026-08-31T12:00:00Z") };

test("the same seed and end give the same deliveries, another seed gives others", () => {
  const [one, same, other] = [1, 1, 2].map((seed) => JSON.stringify(demoDeliveries({ seed, ...SPAN })));
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test("every delivery can be read, and the distinct clicks among them are those that the summary counts", () => {
  const demo = demoDeliveries({ seed: 1, ...SPAN });
  const read = demo.bodies.map((body) => readDelivery(SENDER, Buffer.from(JSON.stringify(body)), new Date(SPAN.end)));
  expect(read.filter(({ kind }) => kind === "link")).toHaveLength(LINKS.length);
  const clicks = read.flatMap((delivery) => (delivery.kind === "click" ? delivery.click : []));
  const distinct = new Set(
    clicks.map(({ linkId, clickId, clickedAt }) => `${linkId} ${clickId} ${clickedAt.getTime()}`),
  );
  const summary = summarise(demo, LINKS.length);
  expect(distinct.size).toBe(SPAN.clicks);
  expect(clicks.length - distinct.size).toBe(summary.duplicates);
  expect(summary.duplicates).toBeGreaterThan(0);
});

test("every click lies in the span", () => {
  const { clicks } = demoDeliveries({ seed: 3, ...SPAN });
  const start = SPAN.end - SPAN.days * 86_400_000;
  expect(clicks.filter(({ at }) => at < start || at >= SPAN.end)).toEqual([]);
});
