import "server-only";
import { metrics } from "@/lib/base/metrics";
import { judge } from "@/lib/health/judge";
import { readFacts } from "@/lib/health/read";

/** All metrics in Prometheus' text format. Figures from the database are up to five seconds old. */
export async function metricsText(): Promise<{ text: string; contentType: string }> {
  const facts = await readFacts();
  const { registry, ...of } = metrics();
  of.databaseUp.set(facts.database === null ? 1 : 0);
  of.workersAway.set(facts.awayWorkers.length);
  of.spoolBytes.set(facts.spool.bytes);
  of.spoolWritable.set(facts.spool.isWritable ? 1 : 0);
  of.spoolStill.set(facts.spool.stalledForMs / 1_000);
  of.spoolLimit.set(facts.spool.limit);
  of.waiting.set(facts.waiting);
  of.mirrorCurrent.set(facts.mirror.state === "current" ? 1 : 0);
  of.failures.set(facts.failures);
  of.problems.set(judge(facts).problems.length);
  if (facts.disk) of.diskFree.set(facts.disk.free);
  of.unreadableSecrets.set(facts.unreadableSecrets);
  if (facts.stored) {
    of.quarantined.set(facts.stored.quarantined.all);
    of.ahead.set(facts.stored.ahead?.clicks ?? 0);
  }
  of.mirrorLag.set(facts.stored?.mirrorLag ?? Number.NaN);
  if (facts.stored?.lastDelivery) of.lastDelivery.set(facts.stored.lastDelivery.getTime() / 1_000);
  return { text: await registry.metrics(), contentType: registry.contentType };
}
