import "server-only";
import { z } from "zod";
import { probeDb } from "@/lib/base/db";

const Workers = z.array(z.object({ worker: z.string() }));

/** Workers of a Citus cluster that its coordinator can't reach, as `host:port`; none on one Postgres. */
export async function awayWorkers(): Promise<string[]> {
  const [{ isCluster }] = await probeDb().$queryRaw<[{ isCluster: boolean }]>`
    select to_regproc('run_command_on_workers') is not null as "isCluster"`;
  if (!isCluster) return [];
  const rows = await probeDb().$queryRaw`
    select nodename || ':' || nodeport as worker from run_command_on_workers('select 1') where not success order by 1`;
  return Workers.parse(rows).map(({ worker }) => worker);
}
