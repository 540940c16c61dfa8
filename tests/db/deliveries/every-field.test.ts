import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { exportClicks } from "@/lib/api/clicks-file";
import { db } from "@/lib/base/db";
import { DIMENSIONS, FIELD_OF, isClickDimension } from "@/lib/click/dimensions";
import { CLICK_FIELDS, type FieldKey } from "@/lib/click/fields";
import { COLUMNS as MIRROR_COLUMNS } from "@/lib/engines/duckdb/columns";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { clickPayload } from "@/tests/factory";
import { startMirror } from "../../naive/mirrored";
import { OWNER } from "../query/rows";
import { deliver } from "./deliver";

const URL_WITH_ALL =
  "https://shop.example/spring?utm_source=s&utm_medium=m&utm_campaign=c&utm_term=t&utm_content=o&dub_id=1";

const filters = () => filtersFromParams(new URLSearchParams("interval=all"), new Date());

test("every field of a full payload reaches the database, the mirror, the list and the file", async () => {
  const mirrored = await startMirror();
  expect(await deliver(clickPayload({ click: { url: URL_WITH_ALL, referer: "news.example" } }))).toEqual(["counted"]);

  const [click] = await db().click.findMany();
  expect(Object.keys(click ?? {}).sort()).toEqual(["seq", ...CLICK_FIELDS.map(({ key }) => key)].sort());
  const missing = Object.entries(click ?? {}).filter(([, value]) => value === null);
  expect(missing).toEqual([]);

  const { rows } = await answer(question(OWNER, { kind: "clicks", limit: 10, before: null, after: null }, filters()));
  const listed = CLICK_FIELDS.filter(({ isListed }) => isListed).map(({ key }) => key);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual([...listed, "link", "seq"].sort());
  const shown = rows[0];
  expect(listed.map((key) => shown?.[key as keyof typeof shown])).toEqual(listed.map((key) => click?.[key]));

  const answered = await exportClicks(OWNER, filters(), null);
  const [line] = parse<Record<string, string>>(await answered.text(), { columns: true });
  for (const { key } of DIMENSIONS) {
    if (!isClickDimension(key)) continue;
    const stored = click?.[FIELD_OF[key] as FieldKey];
    expect([key, line?.[key]]).toEqual([key, typeof stored === "boolean" ? "human" : stored]);
  }

  // The mirror has answered, so it has every column that a question can be about.
  expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
  await mirrored.stop();
  const mirrorColumns = MIRROR_COLUMNS.map(({ name }) => name);
  for (const { column, mirror } of CLICK_FIELDS)
    expect([column, mirrorColumns.includes(column)]).toEqual([column, mirror !== null]);
});
