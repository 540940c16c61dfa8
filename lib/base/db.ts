import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { databaseUrl, ofDatabase } from "@/lib/base/database-parts";
import { AppError } from "@/lib/base/errors";
import { awaySince, DatabaseAway } from "@/lib/base/outage";
import { PrismaClient } from "@/lib/generated/prisma/client";

/** Slower statements are stuck. */
const STATEMENT_MS = 60_000;
/** Counting, deleting or finding among all clicks takes a while. */
const SLOW_STATEMENT_MS = 15 * 60_000;

/**
 * `maxUses`: after how many transactions a connection is closed. `queryMs`: after which a query is given up, and its
 * connection with it, as its host may be gone.
 */
type Limits = {
  max: number;
  waitMs: number;
  idleInTransactionMs: number;
  statementMs: number;
  maxUses?: number;
  queryMs?: number;
};

/**
 * Separate connection pools: slow questions and upkeep must not delay deliveries, nor the health check, which is public.
 * `waitMs`: maximum wait for a connection; the sender must get its answer in time. `idleInTransactionMs` ends a
 * transaction whose process has died, as others wait for its locks.
 */
const POOLS = {
  questions: { max: 12, waitMs: 15_000, idleInTransactionMs: 60_000, statementMs: STATEMENT_MS },
  ingest: { max: 4, waitMs: 3_000, idleInTransactionMs: 10_000, statementMs: STATEMENT_MS },
  retry: { max: 2, waitMs: 3_000, idleInTransactionMs: 10_000, statementMs: STATEMENT_MS, maxUses: 1 },
  upkeep: { max: 2, waitMs: 30_000, idleInTransactionMs: 60_000, statementMs: SLOW_STATEMENT_MS },
  probe: { max: 1, waitMs: 1_500, idleInTransactionMs: 5_000, statementMs: STATEMENT_MS, queryMs: 3_000 },
} satisfies Record<string, Limits>;
type Purpose = keyof typeof POOLS;

/** Limits of a transaction of the upkeep: it may wait for a connection, and take long. */
export const UPKEEP_TRANSACTION = { maxWait: POOLS.upkeep.waitMs, timeout: SLOW_STATEMENT_MS };

function connect(purpose: Purpose): PrismaClient {
  const url = databaseUrl();
  if (!url) throw new AppError("unavailable", "No database: start the server with npm start, or set DATABASE_URL.");
  const {
    max,
    waitMs,
    statementMs,
    idleInTransactionMs,
    maxUses = Number.POSITIVE_INFINITY,
    queryMs,
  }: Limits = POOLS[purpose];
  const adapter = new PrismaPg({
    connectionString: url,
    max,
    maxUses,
    keepAlive: true,
    ...(queryMs && { query_timeout: queryMs }),
    connectionTimeoutMillis: waitMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  });
  return new PrismaClient({ adapter });
}

const clientFor = (purpose: Purpose) =>
  ofDatabase(
    `database for ${purpose}`,
    () => connect(purpose),
    (client) => client.$disconnect(),
  );

const questionsDb = clientFor("questions");

/** Connections for questions. @throws DatabaseAway at once while the database is known to be away */
export function db(): PrismaClient {
  if (awaySince() !== null) throw new DatabaseAway();
  return questionsDb();
}

/** Connections for deliveries. */
export const ingestDb = clientFor("ingest");

/** Connections for deliveries whose connection broke: each is new, since others of that pool may be broken as well. */
export const retryDb = clientFor("retry");

/** Connections for work on much of what is stored, which deliveries don't wait for: finding, cutting, deleting. */
export const upkeepDb = clientFor("upkeep");

/** Connections for the health check. */
export const probeDb = clientFor("probe");
