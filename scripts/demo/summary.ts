import type { Demo } from "@/lib/deliveries/demo/deliveries";
import type { DemoClick } from "@/lib/deliveries/demo/payload";

export type DemoSummary = ReturnType<typeof summarise>;

function countBy(clicks: readonly DemoClick[], nameOf: (click: DemoClick) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const click of clicks) counts.set(nameOf(click), (counts.get(nameOf(click)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}

/** Counts of a demo by the main dimensions; each click counts once. */
export function summarise({ clicks, bodies }: Demo, links: number) {
  return {
    clicks: clicks.length,
    duplicates: bodies.length - links - clicks.length,
    bots: clicks.filter(({ bot }) => bot).length,
    byLink: countBy(clicks, ({ link }) => link.id),
    byCountry: countBy(clicks, ({ place }) => place.country),
    byDevice: countBy(clicks, ({ client }) => client.device),
    byBrowser: countBy(clicks, ({ client }) => client.browser),
    byReferer: countBy(clicks, ({ source }) => source.referer),
  };
}

const COLUMN_WIDTH = 24;

/** Counts as lines for a terminal, in descending order. */
export function table(title: string, counts: Record<string, number>): string {
  const lines = Object.entries(counts).map(
    ([name, clicks]) => `  ${name.padEnd(COLUMN_WIDTH)}${clicks.toLocaleString("en-US").padStart(8)}`,
  );
  return [title, ...lines].join("\n");
}
