import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { refusesWrites } from "@/lib/deliveries/database-state";
import { clickPayload } from "@/tests/factory";
import { deliver } from "./deliver";

const RAISE = (code: string) =>
  `raise exception 'failure on connection marked as essential: worker:5432' using errcode = '${code}';`;
const END = "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(10);";

/** Makes the first writes of a click fail: at its statement, or when the transaction commits. */
async function failFirst(times: number, how: string, when: "at once" | "at commit" = "at once"): Promise<void> {
  const statements = [
    // What a sequence has given isn't taken back with the transaction.
    "create sequence failures",
    `create function fail() returns trigger language plpgsql as $$
       begin if nextval('failures') <= ${times} then ${how} end if; return new; end $$`,
    when === "at once"
      ? "create trigger fails before insert on click for each row execute function fail()"
      : "create constraint trigger fails after insert on click deferrable initially deferred for each row execute function fail()",
  ];
  for (const statement of statements) await db().$executeRawUnsafe(statement);
}

afterEach(async () => {
  for (const statement of ["drop trigger fails on click", "drop function fail", "drop sequence failures"])
    await db().$executeRawUnsafe(statement);
});

const stored = async () => ({ clicks: await db().click.count(), listed: await db().delivery.count() });
const body = clickPayload();

test.each([
  ["a session of the coordinator lost a worker", RAISE("XX000"), "at once"],
  ["a worker isn't reached", RAISE("08006"), "at once"],
  ["the session is ended", END, "at once"],
  ["a worker is lost while the transaction is prepared", RAISE("XX000"), "at commit"],
] as const)("what fails once because %s is stored at once on another connection, and once", async (_, how, when) => {
  await failFirst(1, how, when);
  expect(await deliver(body, body)).toEqual(["counted", "duplicate"]);
  expect(refusesWrites()).toBe(false);
  expect(await stored()).toEqual({ clicks: 1, listed: 1 });
});

test.each([
  ["fails twice", 2, RAISE("XX000"), "at once"],
  ["breaks off at the commit, which may have been done", 1, END, "at commit"],
  ["fails because of something else", 1, RAISE("53100"), "at once"],
] as const)("what %s isn't tried any more here: it waits in the spool", async (_, times, how, when) => {
  await failFirst(times, how, when);
  expect(await deliver(body)).toEqual([null]);
  expect(refusesWrites()).toBe(true);
  expect(await stored()).toEqual({ clicks: 0, listed: 0 });
  expect(await deliver(body)).toEqual(["counted"]);
});
