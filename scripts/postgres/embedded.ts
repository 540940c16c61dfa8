import { createHmac } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, realpathSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Client } from "pg";
import { type Binaries, chooseIdentity, findBinaries, type Identity, postgresGroup } from "@/scripts/postgres/programs";
import { runServer, stopOrphan } from "@/scripts/postgres/server";
import { Failure } from "@/scripts/steps";
import { withConnection } from "../connect";
import { ensureCluster, SUPERUSER } from "./cluster";

const DATABASE = "footfall";
/** A free port may be taken before we use it. */
const PORT_ATTEMPTS = 3;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

/** The server's role: owns the database and its objects, with no other rights. */
const ROLE = "footfall_server";

/** Derived from the superuser's password, so that there is no second file to back up. */
const rolePassword = (password: string): string =>
  createHmac("sha256", password).update("role of the server").digest("base64url");

async function ensureDatabase(client: Client, password: string): Promise<void> {
  const { rowCount: roles } = await client.query("select from pg_roles where rolname = $1", [ROLE]);
  // On every start, because it follows the superuser's password.
  await client.query(`${roles === 0 ? "create" : "alter"} role ${ROLE} login password '${password}'`);
  const { rowCount: databases } = await client.query("select from pg_database where datname = $1", [DATABASE]);
  if (databases === 0) await client.query(`create database ${DATABASE} owner ${ROLE}`);
  await client.query(`alter database ${DATABASE} owner to ${ROLE}`);
}

/** Objects of earlier versions belong to the superuser. */
const TAKE_OVER = `
  do $$
  declare
    name text;
  begin
    for name in select c.oid::regclass::text from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relowner <> '${ROLE}'::regrole and c.relkind in ('r', 'p', 'v', 'm')
    loop
      execute format('alter table %s owner to ${ROLE}', name);
    end loop;
    for name in select p.oid::regprocedure::text from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.proowner <> '${ROLE}'::regrole
    loop
      execute format('alter function %s owner to ${ROLE}', name);
    end loop;
  end
  $$`;

/** As root, PostgreSQL runs as another user; only that user's group gets access to the data directory. */
function identityFor(binaries: Binaries, home: string): Identity {
  try {
    return chooseIdentity(binaries, home);
  } catch (error) {
    const group = postgresGroup();
    if (!(error instanceof Failure) || group === undefined) throw error;
    chownSync(home, -1, group);
    chmodSync(home, 0o710);
    return chooseIdentity(binaries, home);
  }
}

export type EmbeddedPostgres = {
  /** URL with password for the server's role, which owns the database and is no superuser. */
  url: string;
  /** URL for the superuser. */
  adminUrl: string;
  /** Fast shutdown, within seven seconds. */
  stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL from npm on the data directory's cluster, which is created on the first start, and keeps it
 * running until `stop`. Its URL is also written to `postgres.url` there, for backups. The caller holds the directory's
 * lock.
 *
 * @param dataDir an existing directory
 * @param tell gets a sentence when the server has crashed and when it is back
 * @throws Failure when it doesn't start; the signal's reason after an abort
 */
export async function startPostgres(
  dataDir: string,
  tell: (sentence: string) => void = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<EmbeddedPostgres> {
  const home = realpathSync(dataDir);
  const binaries = await findBinaries();
  const identity = identityFor(binaries, home);
  const { directory, password } = await ensureCluster(home, binaries, identity, signal);
  await stopOrphan(directory);
  const logFile = join(home, "postgres.log");
  for (let attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
    const port = await freePort();
    const urlOf = (database: string, role = SUPERUSER, word = password) =>
      `postgresql://${role}:${word}@127.0.0.1:${port}/${database}?sslmode=disable`;
    const [url, adminUrl] = [urlOf(DATABASE, ROLE, rolePassword(password)), urlOf(DATABASE)];
    const command = (args: readonly string[]) => identity.command(binaries.postgres, args);
    const plan = { command, directory, logFile, port, probeUrl: urlOf("postgres") };
    const server = await runServer(plan, tell, signal);
    if (!server) continue;
    try {
      await withConnection(plan.probeUrl, (client) => ensureDatabase(client, rolePassword(password)));
      await withConnection(adminUrl, (client) => client.query(TAKE_OVER));
      writeFileSync(join(home, "postgres.url"), `${url}\n`, { mode: 0o600 });
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { url, adminUrl, stop: server.stop };
  }
  throw new Failure(`PostgreSQL didn't start. See ${logFile}.`);
}
