import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { PrismaClient } from "@/lib/generated/prisma/client";

/**
 * Connections are not shared between those who ask and those who deliver: a few slow questions would have the sender
 * turned away. `waitMs` is how long somebody waits for a connection; the sender must be told in time to come back.
 */
const POOLS = {
  questions: { max: 12, waitMs: 15_000 },
  ingest: { max: 4, waitMs: 3_000 },
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
  });
  return new PrismaClient({ adapter });
}

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallPrisma?: Partial<Record<Purpose, PrismaClient>> };

function client(purpose: Purpose): PrismaClient {
  shared.footfallPrisma ??= {};
  shared.footfallPrisma[purpose] ??= connect(purpose);
  return shared.footfallPrisma[purpose];
}

/** The database, for questions. */
export const db = () => client("questions");

/** The database, for taking deliveries and saying whether they can be taken. */
export const ingestDb = () => client("ingest");
