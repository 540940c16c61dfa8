import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { arch, cpus, totalmem, type } from "node:os";
import { join } from "node:path";
import { version as duckdbVersion } from "@duckdb/node-api";
import { connect } from "../connect";

/** What was measured on; names neither the host nor a path. */
export type Machine = {
  cpu: string;
  cores: number;
  /** Bytes. */
  memory: number;
  system: string;
  node: string;
  duckdb: string;
  postgres: string;
};

/** "Debian GNU/Linux 12 (bookworm)", where the system says so. */
function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? type();
  } catch {
    return type();
  }
}

export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const client = await connect(databaseUrl);
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  await client.end();
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? arch(),
    cores: processors.length,
    memory: totalmem(),
    system: systemName(),
    node: process.version.slice(1),
    duckdb: duckdbVersion().replace(/^v/, ""),
    postgres: rows[0]?.server_version ?? "unknown",
  };
}

/** Bytes of memory that a process holds now, and held at most; NaN where the system does not tell. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = process.platform === "linux" ? readFileSync(`/proc/${pid}/status`, "utf8") : "";
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** Bytes of all files below a directory. */
export async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(join(directory, name))));
  return sizes.reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
}
