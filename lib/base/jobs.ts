import "server-only";
import { log } from "@/lib/base/log";

/** Work that runs periodically while the server runs. */
export type Job = {
  name: string;
  everyMs: number;
  /**
   * Where it runs when several servers share a database: "each server" for jobs about the server's own state, "any server"
   * for jobs that several servers may run at the same time without harm.
   */
  on: "each server" | "any server";
  /** @returns "done" when it need not run again */
  run: (signal: AbortSignal) => Promise<unknown>;
};

/** Handle of running jobs. */
export type RunningJobs = {
  /** Starts no more jobs, and returns when the running ones have finished. */
  stop: () => Promise<void>;
};

/**
 * Runs each job immediately and then periodically, never concurrently with itself. A failure is logged, and the job runs
 * again at its next time.
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
