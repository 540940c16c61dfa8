import { readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";

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

const childrenOf = (pid: number) => read(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);

/** A process and its descendants. */
const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];

const sumOf = (pid: number, of: (pid: number) => number) => treeOf(pid).reduce((sum, each) => sum + of(each), 0);

/** Fields of a process's statistics from the third, the state; the second is a name in brackets, which may hold spaces. */
function statsOf(pid: number): number[] {
  const text = read(pid, "stat");
  return text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
}

/** The child of a process that runs on this Node; undefined where unknown. */
export function nodeChildOf(pid: number): number | undefined {
  return childrenOf(pid).find((child) => {
    try {
      return readlinkSync(`/proc/${child}/exe`) === realpathSync(process.execPath);
    } catch {
      return false;
    }
  });
}

/** Milliseconds since a process was started; NaN where unknown. */
export function ageOf(pid: number): number {
  const [uptime] = readFileSync("/proc/uptime", "utf8").split(" ");
  return Number(uptime) * 1_000 - (statsOf(pid)[19] ?? Number.NaN) * TICK_MS;
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
  return sumOf(pid, (each) => {
    const [user = Number.NaN, system = Number.NaN] = statsOf(each).slice(11, 13);
    return (user + system) * TICK_MS;
  });
}
