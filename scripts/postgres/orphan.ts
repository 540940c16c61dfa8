import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../failure";

const STOP_LIMIT_MS = 30_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Command line of a process; empty when there is none. Slim images have /proc but no `ps`. */
function commandLine(pid: number): string {
  try {
    if (process.platform !== "linux") return execFileSync("ps", ["-p", String(pid), "-o", "command="]).toString();
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Whether the run that started a process still lives: another process takes over the children of one that has died. */
function hasLivingRun(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return commandLine(Number(parent)).includes("scripts/start.ts");
  } catch {
    return false;
  }
}

/**
 * Stops a server that a killed run left behind on a cluster. The caller holds the data directory's lock, so no living
 * run can own it. A lock file that names a process of something else, which happens when a container starts anew, is
 * removed: PostgreSQL would take that process for itself.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const lockFile = join(cluster, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  if (!(pid > 0) || !isAlive(pid)) return;
  if (!commandLine(pid).includes(`-D ${cluster} `)) {
    rmSync(lockFile, { force: true });
    return;
  }
  if (hasLivingRun(pid))
    throw new Failure(`Footfall is already running with the database in ${cluster}. Stop it first.`);
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + STOP_LIMIT_MS;
  while (isAlive(pid) && Date.now() < deadline) await delay(50);
  if (isAlive(pid)) {
    throw new Failure(`PostgreSQL from an earlier run still uses ${cluster}. Stop process ${pid} and start again.`);
  }
}
