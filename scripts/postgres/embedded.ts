import { realpathSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client } from "pg";
import { Failure } from "../failure";
import { findBinaries } from "./binaries";
import { ensureCluster, SUPERUSER } from "./cluster";
import { stopOrphan } from "./orphan";
import { runServer } from "./server";
import { chooseIdentity } from "./system-user";

const DATABASE = "footfall";
/** A port found free may be taken a moment later. */
const PORT_ATTEMPTS = 3;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

export type EmbeddedPostgres = {
  /** Connection address, password included. */
  url: string;
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
  const identity = chooseIdentity(binaries, home);
  const { directory, password } = await ensureCluster(home, binaries, identity, signal);
  await stopOrphan(directory);
  const logFile = join(home, "postgres.log");
  for (let attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
    const port = await freePort();
    const urlOf = (database: string) =>
      `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
    const command = (args: readonly string[]) => identity.command(binaries.postgres, args);
    const plan = { command, directory, logFile, port, probeUrl: urlOf("postgres") };
    const server = await runServer(plan, tell, signal);
    if (!server) continue;
    try {
      await ensureDatabase(urlOf("postgres"));
      writeFileSync(join(home, "postgres.url"), `${urlOf(DATABASE)}\n`, { mode: 0o600 });
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { url: urlOf(DATABASE), stop: server.stop };
  }
  throw new Failure(`PostgreSQL does not start. Its last words are in ${logFile}.`);
}
