import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { fold } from "@/lib/base/fold";
import { MACROS } from "@/lib/engines/duckdb/columns";
import { openDuckDb, removeDuckDb } from "@/lib/engines/duckdb/database";
import { HOSTILE } from "../../naive/hostile";

/** Two letters that only the newest Unicode has. */
const NEW_LETTERS = ["\u1C89", "\u1C8A"];

/** Letters up to U+2FFF, and words in which scripts are mixed. */
function samples(): string[] {
  const letters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).slice(1);
  const known = letters.filter((letter) => !/\p{Cn}|\p{Co}/u.test(letter) && !NEW_LETTERS.includes(letter));
  const words = [
    "São Paulo",
    "Łódź",
    "हिन्दी",
    "がÉ",
    "हिé",
    "각 é",
    "日本語É",
    "ดีé",
    "é\u0302が",
    "מָ É",
    "Œuvre Æther þorn",
  ];
  return [...known, ...words, ...HOSTILE].map((text) => text.normalize("NFC"));
}

test("text is folded alike by Postgres, by the mirror and by the server", async () => {
  const texts = samples();
  const expected = texts.map(fold);

  const rows = await db().$queryRaw<{ folded: string }[]>`
    select fold(text) as folded from unnest(${texts}::text[]) with ordinality as given (text, at) order by at`;
  expect(rows.map(({ folded }) => folded)).toEqual(expected);

  const directory = await mkdtemp(join(tmpdir(), "footfall-fold-"));
  const mirror = await openDuckDb(directory, 64 * 1024 * 1024);
  await mirror.write(MACROS.map((sql) => [sql, []]));
  const mirrored = await mirror.read("select fold(unnest(from_json($1, '[\"varchar\"]'))) as folded", [
    JSON.stringify(texts),
  ]);
  await mirror.close();
  await removeDuckDb(directory);
  expect(mirrored.map(({ folded }) => folded)).toEqual(expected);
});
