import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { single } from "@/lib/base/runtime";
import { PrismaClient } from "@/lib/generated/prisma/client";

/**
 * Connections are not shared between those who ask and those who deliver: a few slow questions would have the sender
 * turned away; and neither with the health check, which anybody may ask for. `waitMs` is how long somebody waits for a
 * connection; the sender must be told in time to come back. `idleInTransactionMs` ends a transaction whose process has
 * stopped in the middle: others wait for its locks.
 */
const POOLS = {
  questions: { max: 12, waitMs: 15_000, idleInTransactionMs: 60_000 },
  ingest: { max: 4, waitMs: 3_000, idleInTransactionMs: 10_000 },
  probe: { max: 1, waitMs: 1_500, idleInTransactionMs: 5_000 },
};
type Purpose = keyof typeof POOLS;

/** A question or write that takes longer is stuck, not slow. */
const STATEMENT_TIMEOUT_MS = 60_000;

function connect(purpose: Purpose): PrismaClient {
  const { DATABASE_URL } = env();
  if (!DATABASE_URL)
    throw new AppError("unavailable", "No database: start the server with npm start, or set DATABASE_URL.");
  const adapter = new PrismaPg({
    connectionString: DATABASE_URL,
    max: POOLS[purpose].max,
    connectionTimeoutMillis: POOLS[purpose].waitMs,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: POOLS[purpose].idleInTransactionMs,
  });
  return new PrismaClient({ adapter });
}

/** The database, for questions. */
export const db = single("database for questions", () => connect("questions"));

/** The database, for taking deliveries. */
export const ingestDb = single("database for ingest", () => connect("ingest"));

/** The database, for saying whether it answers. */
export const probeDb = single("database for probes", () => connect("probe"));
