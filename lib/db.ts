import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { PrismaClient } from "@/lib/generated/prisma/client";

/** The sender waits while we do: give up early enough to answer it with 503. */
const CONNECT_TIMEOUT_MS = 3_000;
/** A question or write that takes longer is stuck, not slow. */
const STATEMENT_TIMEOUT_MS = 60_000;
const POOL_SIZE = 16;

function connect(): PrismaClient {
  const { DATABASE_URL } = env();
  if (!DATABASE_URL)
    throw new AppError("unavailable", "No database: start the server with npm start, or set DATABASE_URL.");
  const adapter = new PrismaPg({
    connectionString: DATABASE_URL,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  return new PrismaClient({ adapter });
}

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallPrisma?: PrismaClient };

/** The database client of this process. */
export function db(): PrismaClient {
  shared.footfallPrisma ??= connect();
  return shared.footfallPrisma;
}
