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
/** A port found free may be taken a moment later. */
const PORT_ATTEMPTS = 3;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

/** The server's own role: it owns the database and what is in it, and may do nothing else. */
const ROLE = "footfall_server";

/** Follows from the superuser's password, so that there is no second file to back up. */
const rolePassword = (password: string): string =>
  createHmac("sha256", password).update("role of the server").digest("base64url");

async function ensureDatabase(client: Client, password: string): Promise<void> {
  const { rowCount: roles } = await client.query("select from pg_roles where rolname = $1", [ROLE]);
  // Each time: whoever changes the superuser's password changes this one with it.
  await client.query(`${roles === 0 ? "create" : "alter"} role ${ROLE} login password '${password}'`);
  const { rowCount: databases } = await client.query("select from pg_database where datname = $1", [DATABASE]);
  if (databases === 0) await client.query(`create database ${DATABASE} owner ${ROLE}`);
  await client.query(`alter database ${DATABASE} owner to ${ROLE}`);
}

/** What earlier versions made belongs to the superuser. */
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

/** As root, PostgreSQL runs as another user, who has to pass through the data directory; others need not. */
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
  /** Connection address for the server, password included: a role that owns the database and is no superuser. */
  url: string;
  /** The same database for the superuser. */
  adminUrl: string;
  /** Fast shutdown, within seven seconds. */
  stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL that came with npm on the cluster under a data directory, which is made on the first start, and
 * keeps it running until `stop`. Its address is also written to `postgres.url` there, for backups. Only one run may
 * call this for a directory at a time.
 *
 * @param dataDir an existing directory
 * @param tell gets a sentence whenever the server has died and when it is back
 * @throws Failure in words for the person who starts us; the signal's reason after an abort
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
