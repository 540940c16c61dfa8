import { expect, test } from "vitest";
import { isInDoubt } from "@/lib/base/in-doubt";
import { createRandom } from "@/lib/deliveries/demo/random";

// A cluster in memory, whose commits become visible late: per worker, in any order, and after a crash only once somebody ends
// them. A reader takes positions by the rule of the mirror, at any moment.

const WORKERS = 3;

type Click = { seq: number; worker: number; isVisible: boolean };
type Writer = { clicks: Click[] };

function createCluster(random: () => number) {
  const clicks: Click[] = [];
  /** Clicks whose worker has prepared them, and whose coordinator counts them as committed. */
  const inDoubt = new Set<Click>();
  const away = new Set<number>();
  const writers = new Set<Writer>();
  let seq = 0;

  const recoverable = (click: Click) => !away.has(click.worker);
  function show(click: Click): void {
    click.isVisible = true;
    inDoubt.delete(click);
  }

  return {
    clicks,
    begin(): void {
      const made = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
        seq += 1;
        return { seq, worker: Math.floor(random() * WORKERS), isVisible: false };
      });
      if (made.every(({ worker }) => !away.has(worker))) writers.add({ clicks: made });
    },
    /** A writer commits: on each worker at once, or, if that went away after it had prepared, some time later. */
    commit(): void {
      const all = [...writers];
      const writer = all[Math.floor(random() * all.length)];
      if (!writer) return;
      // What is away before it has prepared takes the whole transaction back.
      if (writer.clicks.every(({ worker }) => !away.has(worker))) {
        for (const click of writer.clicks) {
          clicks.push(click);
          if (random() < 0.2) away.add(click.worker);
          if (away.has(click.worker) || random() < 0.1) inDoubt.add(click);
          else click.isVisible = true;
        }
      }
      // The locks are given back although some is in doubt.
      writers.delete(writer);
    },
    comeBack: () => away.delete(Math.floor(random() * WORKERS)),
    maintain(): void {
      for (const click of inDoubt) if (recoverable(click)) show(click);
    },
    /** What the reader's statements find, in a transaction that holds the write lock; null while a writer has it. */
    ask(mayRecover: boolean) {
      if (writers.size > 0) return null;
      return async (sql: string): Promise<unknown> => {
        if (sql.includes("to_regproc")) return [{ yes: true }];
        if (sql.includes("pg_prepared_xacts")) return [{ yes: away.size > 0 || inDoubt.size > 0 }];
        if (!sql.includes("recover_prepared_transactions")) return [];
        if (!mayRecover) throw new Error("permission denied");
        for (const click of inDoubt) if (recoverable(click)) show(click);
        return [];
      };
    },
    visible: () => clicks.filter(({ isVisible }) => isVisible),
    heal(): void {
      away.clear();
      for (const click of inDoubt) show(click);
    },
  };
}

/** Copies what lies after its position, up to the newest that it sees, as the mirror does. */
function createReader(cluster: ReturnType<typeof createCluster>, isCareful: boolean, mayRecover: boolean) {
  const copied = new Set<number>();
  let position = 0;
  return {
    copied,
    async catchUp(): Promise<boolean> {
      const ask = cluster.ask(mayRecover);
      if (!ask || (isCareful && (await isInDoubt(ask)))) return false;
      const end = Math.max(position, ...cluster.visible().map(({ seq }) => seq));
      for (const { seq } of cluster.visible()) if (seq > position && seq <= end) copied.add(seq);
      position = end;
      return true;
    },
  };
}

/** One schedule of events by chance. @returns how many clicks the reader misses in the end, and how often it caught up */
async function run(seed: number, isCareful: boolean): Promise<{ missing: number; caughtUp: number }> {
  const random = createRandom(seed).next;
  const cluster = createCluster(random);
  const reader = createReader(cluster, isCareful, random() < 0.5);
  let caughtUp = 0;
  for (let event = 0; event < 60; event++) {
    const chance = random();
    if (chance < 0.3) cluster.begin();
    else if (chance < 0.6) cluster.commit();
    else if (chance < 0.7) cluster.comeBack();
    else if (chance < 0.75) cluster.maintain();
    else if (await reader.catchUp()) caughtUp += 1;
  }
  while (cluster.ask(false) === null) cluster.commit();
  cluster.heal();
  await reader.catchUp();
  return { missing: cluster.clicks.filter(({ seq }) => !reader.copied.has(seq)).length, caughtUp };
}

const SCHEDULES = 4_000;

test("whenever a reader of a cluster takes a position, no click appears below it later", async () => {
  let caughtUp = 0;
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const { missing, caughtUp: times } = await run(seed, true);
    expect(missing, `seed ${seed}`).toBe(0);
    caughtUp += times;
  }
  // It doesn't keep the promise by never reading.
  expect(caughtUp).toBeGreaterThan(SCHEDULES);
});

test("without waiting for what is in doubt, clicks are missed", async () => {
  let missing = 0;
  for (let seed = 1; seed <= 200; seed++) missing += (await run(seed, false)).missing;
  expect(missing).toBeGreaterThan(0);
});

test("one Postgres is asked once, and is never in doubt", async () => {
  const asked: string[] = [];
  const ask = async (sql: string) => {
    asked.push(sql);
    return [{ yes: false }];
  };
  expect(await isInDoubt(ask)).toBe(false);
  expect(asked).toHaveLength(1);
});
