import { DatabaseError } from "pg";

const POSTGRES_AWAY = "Postgres is unreachable or too slow.";

/** A failure and what it came from, in their own words. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${textOf(error.cause)}`;
}

/** What goes wrong with the file or its module, and how it is told. The first that matches counts. */
const PROBLEMS: [pattern: RegExp, reason: string][] = [
  [/Could not set lock|Conflicting lock/i, "Its file is in use by another process. Give each server its own DATA_DIR."],
  [/No space left|disk.*full|ENOSPC/i, "The disk is full."],
  [
    /Cannot find (module|package)|ERR_MODULE_NOT_FOUND|dlopen|GLIBC|invalid ELF/i,
    "DuckDB isn’t installed for this platform.",
  ],
  [/EACCES|EPERM|EROFS|ENOTDIR|permission denied|read-only/i, "Its directory isn’t writable."],
  [/ECONNREFUSED|ECONNRESET|ENOTFOUND|terminat|timeout|starting up|shutting down|Connection/i, POSTGRES_AWAY],
];

/** A failure in one sentence, without paths or secrets. */
export function reasonOf(error: unknown): string {
  const text = textOf(error);
  return PROBLEMS.find(([pattern]) => pattern.test(text))?.[1] ?? "It failed. See the log for details.";
}

/** Whether the mirror itself is well, and Postgres is not. */
export const isOfPostgres = (error: unknown): boolean =>
  error instanceof DatabaseError || reasonOf(error) === POSTGRES_AWAY;

/** DuckDB's kinds of errors after which its file is not to be trusted. */
const DAMAGE =
  /^(IO Error|Serialization Error|FATAL Error|INTERNAL Error|Fatal Error|Invalid Input Error: .*(file|database)|Corrupt)|not a valid DuckDB|invalidated|checksum|WAL/i;

/** Whether the file has to be made anew. */
export function isDamaged(error: unknown): boolean {
  const isKnown = PROBLEMS.some(([pattern]) => pattern.test(textOf(error)));
  return !isKnown && DAMAGE.test(textOf(error));
}
