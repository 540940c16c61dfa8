import { benchLinks, type DataPlan } from "@/scripts/bench/data";
import { alternate, type Timing } from "@/scripts/bench/timing";
import { processorTimeOf } from "./process";
import type { FreshRange, Range } from "./ranges";
import type { Subject } from "./subject";

/** Rank of the middling link. */
const MIDDLING = 100;

const RUNS = 20;
/** Pages opened before processor time is measured, by which the code is compiled. */
const REHEARSALS = 40;

export const READERS = 16;
const PAGES_EACH = 6;
const ROUNDS = 2;

type Page = { page: string; range: Range; path?: string; bots?: "exclude"; conditions?: string };

/** Timings of a page, and the size of its HTML before compression. */
export type PageAnswer = { page: string; range: Range } & Record<"firstByte" | "firstCard" | "end" | "bytes", Timing>;

/** The middling and the busiest link. */
export function singleLinks({ seed }: DataPlan): { name: string; id: string }[] {
  const [busiest, middling] = [0, MIDDLING - 1].map((rank) => benchLinks(seed)[rank]);
  if (!busiest || !middling) throw new RangeError("there are no links");
  return [
    { name: "busiest link", id: busiest.id },
    { name: "middling link", id: middling.id },
  ];
}

function pagesOf(plan: DataPlan): Page[] {
  const ranges = ["24h", "30d", "365d", "all"] as const;
  return [
    ...ranges.map((range) => ({ page: "overview", range })),
    ...(["30d", "365d"] as const).map((range) => ({ page: "overview without bots", range, bots: "exclude" as const })),
    { page: "overview, one condition", range: "365d", conditions: "&country=US" },
    {
      ...{ page: "overview, three conditions", range: "365d" },
      conditions: "&country=US&browser=Chrome&referer.contains=site-1",
    },
    ...singleLinks(plan).map(({ name, id }) => ({ page: name, range: "365d" as const, path: `/links/${id}` })),
  ];
}

/** Opens every page on all subjects in turn. @returns answers of each subject */
export async function openPages(
  subjects: readonly Subject[],
  plan: DataPlan,
  fresh: FreshRange,
  signal: AbortSignal,
): Promise<PageAnswer[][]> {
  const found: PageAnswer[][] = subjects.map(() => []);
  for (const { page, range, path = "/", bots, conditions = "" } of pagesOf(plan)) {
    signal.throwIfAborted();
    const parties = subjects.map(
      ({ client }) =>
        (query: string) =>
          client.page(`${path}?${query}`),
    );
    const timings = await alternate(parties, () => `${fresh(range, bots)}${conditions}`, "end");
    for (const [index, timing] of timings.entries()) found[index]?.push({ page, range, ...timing });
  }
  return found;
}

/** Milliseconds of processor time of the server for one overview. */
export type Processor = { range: Range; remembered: number; fresh: number };

/** Measures the processor time of overviews whose answers the server remembers, and of others. */
export async function measureProcessor(
  subjects: readonly Subject[],
  range: Range,
  fresh: FreshRange,
): Promise<Processor[]> {
  const perPage = async ({ client, pid }: Subject, pathOf: () => string) => {
    for (let opened = 0; opened < REHEARSALS; opened++) await client.readPage(pathOf());
    const before = processorTimeOf(pid);
    for (let opened = 0; opened < RUNS; opened++) await client.readPage(pathOf());
    return (processorTimeOf(pid) - before) / RUNS;
  };
  const found: Processor[] = [];
  for (const subject of subjects) {
    const known = `/?${fresh(range)}`;
    const remembered = await perPage(subject, () => known);
    found.push({ range, remembered, fresh: await perPage(subject, () => `/?${fresh(range)}`) });
  }
  return found;
}

/** Overviews of fresh ranges served per second to several readers at once. */
export async function measureReaders(subjects: readonly Subject[], range: Range, fresh: FreshRange): Promise<number[]> {
  const taken = subjects.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { client }] of subjects.entries()) {
      const begun = performance.now();
      const read = async () => {
        for (let opened = 0; opened < PAGES_EACH; opened++) await client.readPage(`/?${fresh(range)}`);
      };
      await Promise.all(Array.from({ length: READERS }, read));
      taken[index] = (taken[index] ?? 0) + performance.now() - begun;
    }
  }
  return taken.map((milliseconds) => (ROUNDS * READERS * PAGES_EACH * 1_000) / milliseconds);
}
