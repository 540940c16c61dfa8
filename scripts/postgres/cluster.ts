import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Binaries, type Identity, PROGRAM_ENV } from "@/scripts/postgres/programs";
import { Failure } from "@/scripts/steps";
import { run } from "../run";

export const SUPERUSER = "footfall";
const PASSWORD_FILE = "postgres.password";

/** The superuser's password, created once and stored beside the cluster. */
export function readPassword(dataDir: string): string {
  const file = join(dataDir, PASSWORD_FILE);
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
  return readFileSync(file, "utf8").trim();
}

function chownTree(directory: string, { uid, gid }: { uid: number; gid: number }): void {
  chownSync(directory, uid, gid);
  for (const entry of readdirSync(directory, { recursive: true, encoding: "utf8" }))
    lchownSync(join(directory, entry), uid, gid);
}

/** Checks the cluster's version and owner; as root, takes over its files. */
function adopt(cluster: string, { owner }: Identity, major: string): void {
  const { uid } = statSync(cluster);
  if (owner && uid !== owner.uid) chownTree(cluster, owner);
  if (!owner && uid !== process.getuid?.()) {
    throw new Failure(`${cluster} belongs to another user. Start Footfall as that user, or change its owner.`);
  }
  const made = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (made !== major) {
    throw new Failure(
      `${cluster} was created by PostgreSQL ${made}, but this Footfall includes ${major}. See "Upgrade" in docs/operating.md.`,
    );
  }
}

const leftovers = (cluster: string) =>
  readdirSync(dirname(cluster))
    .filter((name) => name.startsWith(`${basename(cluster)}.new-`))
    .map((name) => join(dirname(cluster), name));

/** The error in initdb's output. */
function reasonIn(output: string): string {
  if (/No space left|free disk space|disk quota/i.test(output)) return "the disk is full. Free some space.";
  const lines = output.split("\n").filter((line) => /FATAL|PANIC|ERROR|error:/.test(line));
  return (lines.length > 0 ? lines.join("\n") : output).trim();
}

async function initialise(
  cluster: string,
  password: string,
  binaries: Binaries,
  identity: Identity,
  signal?: AbortSignal,
) {
  // Created under another name, so that an interrupted run leaves no incomplete cluster.
  for (const left of leftovers(cluster)) rmSync(left, { recursive: true, force: true, maxRetries: 3 });
  const unfinished = mkdtempSync(`${cluster}.new-`);
  const passwordFile = `${unfinished}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity.owner) {
    chownTree(unfinished, identity.owner);
    chownSync(passwordFile, identity.owner.uid, identity.owner.gid);
  }
  const [program, args, credentials] = identity.command(binaries.initdb, [
    ...["--pgdata", unfinished, "--username", SUPERUSER, "--pwfile", passwordFile, "--auth=scram-sha-256"],
    ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
  ]);
  try {
    const { code, output } = await run(program, args, { ...credentials, env: PROGRAM_ENV, cwd: "/", signal });
    if (code !== 0) throw new Failure(`Creating the database in ${cluster} failed: ${reasonIn(output)}`);
    renameSync(unfinished, cluster);
  } finally {
    for (const left of leftovers(cluster)) rmSync(left, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Finds the data directory's cluster, or creates it on the first start.
 *
 * @returns its directory and the superuser's password
 * @throws Failure when it cannot be created, belongs to another user, or needs another version of PostgreSQL
 */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  identity: Identity,
  signal?: AbortSignal,
): Promise<{ directory: string; password: string }> {
  const directory = join(dataDir, "postgres");
  if (existsSync(directory) && !existsSync(join(dataDir, PASSWORD_FILE))) {
    throw new Failure(
      `${join(dataDir, PASSWORD_FILE)} is missing: it holds the password for ${directory}. Restore it from the backup.`,
    );
  }
  const password = readPassword(dataDir);
  if (!existsSync(directory)) await initialise(directory, password, binaries, identity, signal);
  adopt(directory, identity, binaries.major);
  return { directory, password };
}
