import "server-only";
import { log } from "@/lib/base/log";

/** Work that comes again and again while the server runs. */
export type Job = {
  name: string;
  everyMs: number;
  /**
   * Where it runs when several servers share a database: on each of them, for what each has of its own; or on any, where a
   * second server that does the same meanwhile does no harm.
   */
  on: "each server" | "any server";
  /** @returns "done" when it need not come again */
  run: (signal: AbortSignal) => Promise<unknown>;
};

/** Jobs that run. */
export type RunningJobs = {
  /** Begins no job again, and returns when those under way have ended. */
  stop: () => Promise<void>;
};

/**
 * Runs each job at once and then again and again, never twice at the same time. A failure is logged; the next time tries
 * again.
 */
export function runJobs(jobs: readonly Job[]): RunningJobs {
  const stopping = new AbortController();
  const timers = new Map<Job, NodeJS.Timeout>();
  const running = new Map<Job, Promise<void>>();

  async function attempt(job: Job): Promise<void> {
    try {
      if ((await job.run(stopping.signal)) === "done") clearInterval(timers.get(job));
    } catch (error) {
      log.warn({ err: error, job: job.name }, "job failed, will retry");
    }
    running.delete(job);
  }
  const begin = (job: Job) => {
    if (!running.has(job) && !stopping.signal.aborted) running.set(job, attempt(job));
  };
  for (const job of jobs) {
    timers.set(job, setInterval(begin, job.everyMs, job).unref());
    begin(job);
  }
  return {
    async stop() {
      stopping.abort();
      for (const timer of timers.values()) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
