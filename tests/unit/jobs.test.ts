import { expect, test, vi } from "vitest";
import { type Job, runJobs } from "@/lib/base/jobs";

const job = (run: Job["run"]): Job => ({ name: "test", everyMs: 1_000, on: "each server", run });

test("a job runs at once and then again and again, until the jobs stop", async () => {
  vi.useFakeTimers();
  const run = vi.fn(async () => {});
  const jobs = runJobs([job(run)]);
  expect(run).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(run).toHaveBeenCalledTimes(3);
  await jobs.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(run).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

test("a job that takes longer than its interval never runs twice at the same time, and the stop waits for it", async () => {
  vi.useFakeTimers();
  let hasEnded = false;
  const run = vi.fn(async (signal: AbortSignal) => {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    await new Promise((resolve) => setTimeout(resolve, 700));
    hasEnded = true;
  });
  const jobs = runJobs([job(run)]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(run).toHaveBeenCalledTimes(1);
  const stopped = jobs.stop();
  await vi.advanceTimersByTimeAsync(600);
  expect(hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  await stopped;
  expect(hasEnded).toBe(true);
  expect(run).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test("a failure is for the next time; what is done does not come again", async () => {
  vi.useFakeTimers();
  const failing = vi.fn(() => Promise.reject(new Error("no")));
  const twice = vi.fn(async () => (twice.mock.calls.length === 2 ? "done" : "again"));
  const jobs = runJobs([job(failing), job(twice)]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(failing).toHaveBeenCalledTimes(5);
  expect(twice).toHaveBeenCalledTimes(2);
  await jobs.stop();
  vi.useRealTimers();
});
