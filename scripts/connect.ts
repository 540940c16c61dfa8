import { Client } from "pg";
import { codeOf, Failure } from "@/scripts/steps";

const OLDEST_POSTGRES = 16;
const CONNECT_TIMEOUT_MS = 10_000;

/** Advice when the database rejects the connection, by Postgres or system error code. */
function explain(error: unknown, url: URL): string {
  const where = `${url.hostname}:${url.port || "5432"}`;
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  const unknownHost = `The database host "${url.hostname}" was not found. Correct it in DATABASE_URL.`;
  const advice = new Map<unknown, string>([
    ["28P01", `The database at ${where} refused the password of user "${user}". Correct it in DATABASE_URL.`],
    ["28000", `The database at ${where} rejected user "${user}". Check DATABASE_URL and the server's pg_hba.conf.`],
    ["3D000", `The database "${database}" does not exist at ${where}. Create it with: createdb "${database}"`],
    ["ECONNREFUSED", `The database at ${where} isn't responding. Start it, or correct DATABASE_URL.`],
    ["ENOTFOUND", unknownHost],
    ["EAI_AGAIN", unknownHost],
  ]);
  const detail = error instanceof Error ? error.message : String(error);
  const usual = `Connecting to the database at ${where} failed (${detail}). Check DATABASE_URL.`;
  return advice.get(codeOf(error)) ?? usual;
}

/**
 * Opens a connection; the caller closes it.
 *
 * @throws Failure when the database is unreachable, rejects the connection, or is older than Postgres 16
 */
export async function connect(databaseUrl: string): Promise<Client> {
  const client = await open(databaseUrl).catch((error: unknown) => {
    throw new Failure(explain(error, new URL(databaseUrl)), { cause: error });
  });
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  const version = rows[0]?.server_version ?? "unknown";
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return client;
  await client.end();
  throw new Failure(`The database is Postgres ${version}. Footfall needs ${OLDEST_POSTGRES} or newer.`);
}

/** Runs `work` on a new connection, then closes it. @throws Failure like `connect` */
export async function withConnection<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(databaseUrl);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function open(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection that breaks while idle would otherwise end the process; the next query reports it.
  client.on("error", () => {});
  await client.connect();
  return client;
}
