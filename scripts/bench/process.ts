import { readFileSync, writeFileSync } from "node:fs";

/** Of the clock that counts processor time, on every Linux. */
const TICK_MS = 10;

/** A file about a process; empty when it has ended, and on other systems than Linux. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** A process and its descendants. */
function treeOf(pid: number): number[] {
  const children = read(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return [pid, ...children.flatMap(treeOf)];
}

const sumOf = (pid: number, of: (pid: number) => number) => treeOf(pid).reduce((sum, each) => sum + of(each), 0);

/** The descendant that runs a script, or null while there is none. */
export function descendantRunning(pid: number, script: string): number | null {
  return treeOf(pid).find((each) => read(each, "cmdline").split("\0").includes(script)) ?? null;
}

/** Current and peak memory of a process and its descendants in bytes; NaN where unknown. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const bytes = (name: string) =>
    sumOf(pid, (each) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(read(each, "status"))?.[1]) * 1024);
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** Makes the peak start again from what the processes use now. */
export function resetPeak(pid: number): void {
  for (const each of treeOf(pid)) {
    try {
      writeFileSync(`/proc/${each}/clear_refs`, "5");
    } catch {
      // Not possible on this system: the peak stays that of the time before.
    }
  }
}

/** Milliseconds that a process and its descendants have used on all cores; NaN where unknown. */
export function processorTimeOf(pid: number): number {
  // The second field is a name in brackets, which may hold spaces; then follow state, and user and system time as 12th.
  const ticks = (stat: string) => {
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    return Number(user) + Number(system);
  };
  return sumOf(pid, (each) => ticks(read(each, "stat")) * TICK_MS);
}
