import { setTimeout as delay } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { LOCK_NOT_AVAILABLE } from "@/lib/base/sql-state";
import { MOVE_LOCK } from "@/lib/deliveries/move/mark";
import { Failure } from "@/scripts/steps";
import { quoted, type Table } from "./tables";

/** Writers queue behind what waits for a table, so it waits only briefly. */
const LOCK_MS = 1_000;
const ATTEMPTS = 60;
const PAUSE_MS = 1_000;

/** The database ends a freeze whose command says nothing for this long. */
const LEASE_S = 15;
const HEARTBEAT_MS = 3_000;

const TRIGGER = "refuse_while_moving";

/** Tables that Citus has distributed, which take no triggers. */
async function distributed(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ known: string | null }>(
    "select to_regclass('pg_dist_partition')::text as known",
  );
  if (!rows[0]?.known) return [];
  const found = await client.query<{ name: string }>(
    "select logicalrelid::regclass::text as name from pg_dist_partition",
  );
  return found.rows.map(({ name }) => name);
}

/** Writers to distributed tables are held off by their rights, which a superuser doesn't need. @throws Failure for one */
async function assertBound(client: Client): Promise<void> {
  const { rows } = await client.query("select from pg_roles where rolname = current_user and rolsuper");
  if (rows.length > 0)
    throw new Failure(
      "The server's database user is a superuser, whom nothing keeps from writing to Citus' tables. Let the server use another one that owns them, and run this again.",
    );
}

async function whenFree(work: () => Promise<unknown>, what: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === ATTEMPTS)
        throw new Failure(`${what} stays in use by a long transaction. Nothing has changed. Run this again later.`);
      await delay(PAUSE_MS);
    }
  }
}

/** Tables without a guard. */
async function unguarded(client: Client, tables: readonly Table[]): Promise<Table[]> {
  const { rows } = await client.query<{ name: string }>(
    "select tgrelid::regclass::text as name from pg_trigger where tgname = $1",
    [TRIGGER],
  );
  const guarded = new Set(rows.map(({ name }) => name.replace(/^"(.*)"$/, "$1")));
  return tables.filter(({ name }) => !guarded.has(name));
}

/** Makes every write to the source ask whether a move holds writers off. Stays after a command that was killed, and is harmless then. */
async function placeGuards(client: Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of await unguarded(client, tables)) {
    const make = async () => {
      await client.query(
        `create trigger ${TRIGGER} before insert or update or delete or truncate on ${quoted(name)}
         for each statement execute function ${TRIGGER}()`,
      );
      // Also for sessions that leave out triggers, such as replication.
      await client.query(`alter table ${quoted(name)} enable always trigger ${TRIGGER}`);
    };
    await whenFree(make, `The table ${name}`);
  }
}

/** Takes the guards away, such as from a source that becomes a target again. */
export async function removeGuards(client: Client, tables: readonly Table[]): Promise<void> {
  const shared = await distributed(client);
  for (const { name } of tables) {
    if (shared.includes(name)) await client.query(`grant all on ${quoted(name)} to current_user`);
    else await client.query(`drop trigger if exists ${TRIGGER} on ${quoted(name)}`);
  }
}

/** Takes away what a run has left that was given up, unless another run holds writers off. */
export async function removeLeftGuards(client: Client, tables: readonly Table[]): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1) as free", [MOVE_LOCK]);
  if (!rows[0]?.free) return;
  try {
    await client.query(`set lock_timeout = ${LOCK_MS}`);
    const mark = await client.query(`select from "move" where state = 'moved'`);
    if (mark.rowCount === 0) await whenFree(() => removeGuards(client, tables), "A table");
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MOVE_LOCK]);
  }
}

export type Freeze = {
  /** @throws Failure when the database has ended the freeze meanwhile */
  assertHeld: () => void;
  /** Marks the source as moved, in the session that holds writers off: if it was lost, nothing is marked. */
  cutOver: (mark: { identity: string; place: string; sealed: Buffer }) => Promise<void>;
  /** Lets writers go on, unless the source was marked. */
  end: () => Promise<void>;
};

/**
 * Holds off all writers of a source, as soon as their transactions are over: each gets an error at once. What holds them
 * off is a lock of one session, so that writers go on when this process ends in any way, or says nothing for some seconds.
 *
 * @throws Failure when a transaction keeps writing, or the source was moved by somebody else
 */
export async function freeze(url: string, tables: readonly Table[]): Promise<Freeze> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  let lost: Error | null = null;
  client.on("error", (error) => {
    lost = error;
  });
  await client.connect();
  let timer: NodeJS.Timeout | undefined;
  const end = async () => {
    clearInterval(timer);
    await client.end().catch(() => {});
  };
  try {
    await client.query(`set lock_timeout = ${LOCK_MS}`);
    await client.query(`set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3`);
    const shared = await distributed(client);
    const local = tables.filter(({ name }) => !shared.includes(name));
    if (local.length < tables.length) await assertBound(client);
    await placeGuards(client, local);
    await whenFree(() => client.query("select pg_advisory_lock($1)", [MOVE_LOCK]), "The database");
    await client.query(
      `set idle_session_timeout = '${LEASE_S}s'; set idle_in_transaction_session_timeout = '${LEASE_S}s'`,
    );
    timer = setInterval(() => void client.query("select 1").catch((error: Error) => (lost ??= error)), HEARTBEAT_MS);
    if ((await unguarded(client, local)).length > 0)
      throw new Failure("Another run has just ended. Nothing has changed. Run this again.");
    const { rows } = await client.query<{ place: string }>(`select place from "move" where state = 'moved'`);
    if (rows[0]) throw new Failure(`This installation was moved to ${rows[0].place} meanwhile.`);
    const both = tables.filter(({ name }) => shared.includes(name)).map(({ name }) => quoted(name));
    if (both.length > 0) {
      // They take no triggers: their writers wait, and are given up by themselves.
      await whenFree(async () => {
        await client.query("begin");
        await client.query(`lock table ${both.join(", ")} in share mode`).catch(async (error: unknown) => {
          await client.query("rollback");
          throw error;
        });
      }, "A table");
    }
    return {
      assertHeld() {
        if (lost)
          throw new Failure("The database ended the freeze, so writers went on. Nothing has changed. Run this again.", {
            cause: lost,
          });
      },
      async cutOver({ identity, place, sealed }) {
        if (both.length === 0) await client.query("begin");
        await client.query(
          `insert into "move" (id, role, state, identity, place, sealed, at) values (1, 'source', 'moved', $1, $2, $3, now())
           on conflict (id) do update set role = excluded.role, state = excluded.state, identity = excluded.identity,
             place = excluded.place, sealed = excluded.sealed, at = excluded.at`,
          [identity, place, sealed],
        );
        if (both.length > 0)
          await client.query(`revoke insert, update, delete, truncate on ${both.join(", ")} from current_user`);
        await client.query("commit");
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
