/** Percentiles of what was measured several times. */
export type Timing = { p50: number; p95: number; runs: number };

/** Percentiles by nearest rank. */
export function timingOf(values: readonly number[]): Timing {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: quantile(0.5), p95: quantile(0.95), runs: sorted.length };
}

/** Timings by name of what each run measured. */
export function timingsOf<Name extends string>(runs: readonly Record<Name, number>[]): Record<Name, Timing> {
  const names = Object.keys(runs[0] ?? {}) as Name[];
  const timings = names.map((name) => [name, timingOf(runs.map((run) => run[name]))]);
  return Object.fromEntries(timings);
}

/** Number of runs; more for quick questions, where noise matters more. */
const repetitions = (milliseconds: number): number => (milliseconds > 1_000 ? 5 : milliseconds > 300 ? 7 : 15);

/** Asks once and says what it took. */
export type Party<Name extends string> = (query: string) => Promise<Record<Name, number>>;

/**
 * Asks all parties the same, in turn, so that other load on the machine affects all alike. The first round is a
 * rehearsal.
 *
 * @param freshQuery a new query at every call, because servers remember answers
 * @param total name of the milliseconds that decide on the number of runs
 * @returns timings of each party
 */
export async function alternate<Name extends string>(
  parties: readonly Party<Name>[],
  freshQuery: () => string,
  total: NoInfer<Name>,
): Promise<Record<Name, Timing>[]> {
  const askAll = async () => {
    const query = freshQuery();
    const taken: Record<Name, number>[] = [];
    for (const party of parties) taken.push(await party(query));
    return taken;
  };
  const rehearsal = await askAll();
  const repeated = repetitions(Math.max(...rehearsal.map((taken) => taken[total])));
  const runs: Record<Name, number>[][] = [];
  while (runs.length < repeated) runs.push(await askAll());
  return parties.map((_, index) => timingsOf(runs.flatMap((run) => run[index] ?? [])));
}
