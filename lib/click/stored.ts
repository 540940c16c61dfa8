import "server-only";
import { FIELDS, type FieldKey, type StoredClick } from "@/lib/click/fields";
import { Prisma } from "@/lib/generated/prisma/client";

type Reader<Key extends FieldKey> = (
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  which: Prisma.Sql,
) => Promise<(Pick<StoredClick, Key> & { seq: string })[]>;

/** Reads these fields of stored clicks, with their numbers as decimal text. `which` follows the table name. */
export function clickReader<Key extends FieldKey>(keys: readonly Key[]): Reader<Key> {
  const columns = keys.map((key) => `"${FIELDS[key].column}" as "${key}"`).join(", ");
  const select = Prisma.raw(`select cast(seq as text) as seq, ${columns} from click`);
  return (tx, which) => tx.$queryRaw(Prisma.sql`${select} ${which}`);
}
