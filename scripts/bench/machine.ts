import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { arch, cpus, totalmem, type } from "node:os";
import { join } from "node:path";
import { version as duckdbVersion } from "@duckdb/node-api";
import { withConnection } from "../connect";

/** Name of the system, such as "Debian GNU/Linux 12 (bookworm)". */
function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? type();
  } catch {
    return type();
  }
}

export type Machine = Awaited<ReturnType<typeof describeMachine>>;

/** The machine, without host name and paths. Memory in bytes. */
export async function describeMachine(databaseUrl: string) {
  const { rows } = await withConnection(databaseUrl, (client) => client.query("show server_version"));
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? arch(),
    cores: processors.length,
    memory: totalmem(),
    system: systemName(),
    node: process.version.slice(1),
    duckdb: duckdbVersion().replace(/^v/, ""),
    postgres: String(rows[0]?.server_version),
  };
}

/** Total bytes of the files in a directory tree. */
export async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(join(directory, name))));
  return sizes.reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
}
