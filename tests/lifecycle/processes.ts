import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Command lines of living processes that were given a directory, as a setting or as an argument. */
export function processesOf(directory: string): string[] {
  if (process.platform !== "linux") {
    return execFileSync("ps", ["-AEww", "-o", "command="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(directory));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return command && (command + readFileSync(`/proc/${pid}/environ`, "utf8")).includes(directory) ? [command] : [];
      } catch {
        return [];
      }
    });
}
