import { rmSync } from "node:fs";
import { join } from "node:path";
import { readEnv } from "@/lib/base/env";
import { benchLinks, type DataPlan } from "@/scripts/bench/data";
import { Failure, say, step } from "@/scripts/steps";
import type { Answer, Selection, Straight } from "./ask-all";
import { catchUp } from "./catch-up";
import { tableSizes } from "./copy";
import { openFloor, openPostgres } from "./engines";
import { describeMachine, sizeOf } from "./machine";
import { measureProcessor, measureReaders, openPages, singleLinks } from "./pages";
import { memoryOf, resetPeak } from "./process";
import { createRanges, type FreshRange } from "./ranges";
import { openSubject, type Subject } from "./subject";

/** What is measured: all, all but most questions, only questions over a year, or only the processor time of a page. */
export type Extent = "all" | "pages" | "questions" | "processor";

/** All measurements of one subject over one set of clicks. Bytes and milliseconds. */
export type Measured = Awaited<ReturnType<typeof measureSize>>[number];

/** Directory for all files, first port, and checkouts; the first is this one. */
type Place = { home: string; port: number; checkouts: readonly string[] };

async function assertComplete({ client, name }: Subject, clicks: number): Promise<void> {
  const { body } = await client.get("/api/analytics?groupBy=count&interval=all");
  const { clicks: counted } = body as { clicks: unknown };
  if (counted !== clicks) throw new Failure(`${name} counts ${counted} clicks instead of ${clicks}.`);
}

async function askQuestions(
  subjects: readonly Subject[],
  plan: DataPlan,
  selection: Selection,
  fresh: FreshRange,
  signal: AbortSignal,
): Promise<Answer[][]> {
  const [own] = subjects;
  if (!own) throw new RangeError("there is no subject");
  // The modules that build the statements read the settings when they load.
  process.env.DATABASE_URL = own.databaseUrl;
  const { askAll } = await import("./ask-all");
  say("Questions");
  const ask = (straight: Straight | null) => askAll(selection, singleLinks(plan), subjects, straight, fresh, signal);
  if (selection !== "all") return ask(null);
  const floor = await openFloor(join(own.dataDir, "mirror"), join(own.dataDir, "floor"), readEnv({}).MIRROR_MEMORY);
  const postgres = await openPostgres(own.databaseUrl);
  try {
    return await ask({ floor, postgres });
  } finally {
    await floor.close();
    await postgres.close();
  }
}

/** Measures one part after the other, and the memory at most of each. @returns measurements of each subject */
async function measureParts(subjects: readonly Subject[], plan: DataPlan, extent: Extent, signal: AbortSignal) {
  const memory = subjects.map(({ fillMemory }): Record<string, number> => ({ filling: fillMemory }));
  const fresh = createRanges(plan.end);
  const has = (...extents: Extent[]) => extents.includes(extent);

  async function phase<T>(name: string, isWanted: boolean, work: () => Promise<T[]>): Promise<T[]> {
    if (!isWanted) return [];
    for (const { pid } of subjects) resetPeak(pid);
    const found = await work();
    for (const [index, { pid }] of subjects.entries())
      Object.assign(memory[index] ?? {}, { [name]: memoryOf(pid).peak });
    for (const subject of subjects) await subject.assertMirrored();
    return found;
  }

  const pages = await phase("pages", has("all", "pages"), () =>
    step("Pages", () => openPages(subjects, plan, fresh, signal)),
  );
  const processor = await phase("processor time", has("all", "pages", "processor"), () =>
    step("Processor time", () => measureProcessor(subjects, has("processor") ? "365d" : "30d", fresh)),
  );
  const readers = await phase("readers", has("all", "pages"), () =>
    step("Readers at once", () => measureReaders(subjects, "30d", fresh)),
  );
  const selection = has("all") ? "all" : has("questions") ? "year" : "visitors";
  const answers = await phase("questions", has("all", "pages", "questions"), () =>
    askQuestions(subjects, plan, selection, fresh, signal),
  );
  const [busiest] = benchLinks(plan.seed);
  if (!busiest) throw new RangeError("there are no links");
  const catchUps = await phase("catching up", has("all", "pages"), () =>
    step("Catching up", async () => {
      const found: Awaited<ReturnType<typeof catchUp>>[] = [];
      for (const subject of subjects) found.push(await catchUp(subject, busiest, plan.end));
      return found;
    }),
  );
  const measured = subjects.map(async ({ name, fillMs, dataDir, databaseUrl }, index) => ({
    ...{ name, clicks: plan.clicks, fillMs, memory: memory[index] ?? {} },
    ...{ pages: pages[index] ?? [], processor: processor[index], readers: readers[index] },
    ...{ answers: answers[index] ?? [], catchUps: catchUps[index] ?? [] },
    machine: await describeMachine(databaseUrl),
    mirror: await sizeOf(join(dataDir, "mirror")),
    postgres: await tableSizes(databaseUrl),
  }));
  return Promise.all(measured);
}

/** Generates a set of clicks, serves it with every checkout, and measures these in turn. */
export async function measureSize(place: Place, plan: DataPlan, extent: Extent, signal: AbortSignal) {
  say(`\n${plan.clicks.toLocaleString("en-US")} clicks`);
  const subjects: Subject[] = [];
  try {
    for (const [index, checkout] of place.checkouts.entries())
      subjects.push(await openSubject(checkout, place.home, place.port + index, plan, signal));
    for (const subject of subjects) await assertComplete(subject, plan.clicks);
    return await measureParts(subjects, plan, extent, signal);
  } finally {
    for (const { stop, dataDir } of subjects) {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
}
