// Transactions of a Citus cluster that its coordinator counts as done, and a worker doesn't show yet: the worker was away
// between the two halves of the commit. Their clicks have numbers below others that can be seen.

/** Runs one statement within the caller's transaction. */
type Ask = (sql: string) => Promise<unknown>;

const IS_CLUSTER = `select to_regproc('run_command_on_workers') is not null as yes`;

/** Every prepared transaction counts, whoever's it is; so does a worker that doesn't answer. */
const IS_IN_DOUBT = `
  select coalesce(bool_or(not success or result <> '0'), false) as yes
  from run_command_on_workers($$
    select count(*) from pg_prepared_xacts where database = current_database() and gid like 'citus\\_%' $$)`;

/** Ends what is in doubt on workers that are back, as Citus does by itself once a minute. */
const RECOVER = "select recover_prepared_transactions()";

async function says(ask: Ask, sql: string): Promise<boolean> {
  const rows = (await ask(sql)) as { yes: boolean }[];
  return rows[0]?.yes === true;
}

/** Not everybody may: then it waits for Citus. */
async function recover(ask: Ask): Promise<void> {
  await ask("savepoint recovery");
  try {
    await ask(RECOVER);
    await ask("release savepoint recovery");
  } catch {
    await ask("rollback to savepoint recovery");
  }
}

/**
 * Whether clicks may yet appear below those that can be seen, though no writer holds the lock, which the caller does. Ends
 * what is in doubt if it can. False on one Postgres.
 */
export async function isInDoubt(ask: Ask): Promise<boolean> {
  if (!(await says(ask, IS_CLUSTER)) || !(await says(ask, IS_IN_DOUBT))) return false;
  await recover(ask);
  return says(ask, IS_IN_DOUBT);
}
