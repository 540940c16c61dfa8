import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What a process has open, and its memory in bytes. */
export type Use = { files: number; sockets: number; memory: number };

function targetOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** What a process uses now. Only Linux tells. */
export function useOf(pid: number): Use {
  const directory = `/proc/${pid}/fd`;
  const open = readdirSync(directory).map((name) => targetOf(`${directory}/${name}`));
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return {
    files: open.length,
    sockets: open.filter((target) => target.startsWith("socket:")).length,
    memory: Number(kilobytes) * 1024,
  };
}
