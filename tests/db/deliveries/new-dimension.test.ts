import { parse } from "csv-parse/sync";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { clickFacts } from "@/components/events/click-facts";
import { EVENTS_PATH } from "@/components/events/event-page";
import { exportClicks } from "@/lib/api/clicks-file";
import { exportFile } from "@/lib/api/export";
import { db } from "@/lib/base/db";
import type { DimensionKey } from "@/lib/click/dimensions";
import type { ClickField } from "@/lib/click/fields";
import { respellAll } from "@/lib/click/respell";
import { demoDeliveries } from "@/lib/deliveries/demo/deliveries";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { COLUMNS, type ColumnKey, readColumns } from "@/lib/question/columns";
import { type FieldName, question } from "@/lib/question/question";
import { withWords } from "@/lib/question/words";
import { CLICK_COLUMNS, clickLines } from "@/scripts/bench/data";
import { clickPayload, signed } from "@/tests/factory";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { OWNER } from "../query/rows";

const PROBE = vi.hoisted(
  () =>
    ({
      ...{ column: "probe_column", type: "text", mirror: { type: "varchar" }, isListed: true },
      ...{ sent: "locale", spelling: "text" },
      dimension: {
        ...{ key: "probed", groupBy: "probes", label: "Probe", plural: "Probes", none: "(not told)" },
        ...{ card: "browsers", section: "device", searchOrder: 21, samples: ["English", "Deutsch"] },
      },
    }) as const satisfies ClickField,
);
const KEY = PROBE.dimension.key;

vi.mock("@/lib/click/fields", async (importOriginal) => {
  const table = await importOriginal<typeof import("@/lib/click/fields")>();
  return {
    ...table,
    FIELDS: { ...table.FIELDS, probe: PROBE },
    CLICK_FIELDS: [...table.CLICK_FIELDS, { ...PROBE, key: "probe" }],
  };
});

let mirrored: Mirrored | null = null;

beforeAll(async () => {
  await db().$executeRaw`alter table click add column probe_column text`;
});

/** Three signed deliveries: one says French, as a careless sender would, one says German, one nothing. */
beforeEach(async () => {
  for (const [at, locale] of [" Franc\u0327ais ", "Deutsch", undefined].entries()) {
    const click = { id: `click_${at}`, timestamp: `2026-08-15T10:0${at}:00Z`, locale };
    expect((await POST(signed(clickPayload({ id: `evt_${at}`, click })), undefined)).status).toBe(202);
  }
});

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

const params = (query: string) => new URLSearchParams(`interval=all&${query}`);
const filters = (query = "") => filtersFromParams(params(query), new Date());

const stored = async () =>
  (await db().$queryRaw<{ value: string | null }[]>`select probe_column as value from click order by seq`).map(
    ({ value }) => value,
  );

test("what a payload says of it is stored in its one spelling", async () => {
  expect(await stored()).toEqual(["Français", "Deutsch", null]);
});

test.each(["postgres", "mirror"])("%s counts by it, filters by it and finds its values", async (engine) => {
  if (engine === "mirror") mirrored = await startMirror();
  const key = KEY as DimensionKey;
  const { rows } = await answer(question(OWNER, { kind: "breakdown", key }, filters()));
  expect(rows).toEqual(["Deutsch", "Français", null].map((value) => ({ value, clicks: 1 })));

  const clicksOf = async (query: string) => (await answer(question(OWNER, { kind: "totals" }, filters(query)))).clicks;
  expect(await clicksOf("probed=Fran%C3%A7ais")).toBe(1);
  expect(await clicksOf("probed=-Deutsch")).toBe(2);
  expect(await clicksOf("probed.contains=FRANCAIS")).toBe(1);
  expect(await clicksOf("probed=(not told)")).toBe(1);
  expect(await clicksOf("probed.empty=false")).toBe(2);

  const field = KEY as FieldName;
  const values = await answer(question(OWNER, { kind: "values", field, search: null, limit: 10 }, filters()));
  expect(values.rows.map(({ text }) => text)).toEqual(["Deutsch", "Français", "(not told)"]);
  const found = await answer(question(OWNER, { kind: "valueSearch", search: "ancais" }, filters()));
  expect(found).toMatchObject([{ field: KEY, rows: [{ value: "Français", clicks: 1 }] }]);
  if (mirrored) expect(mirrored.tally).toEqual({ answered: expect.any(Number), refused: 0, complaints: [] });
  expect(mirrored?.tally.answered).not.toBe(0);
});

test("the list of clicks, its columns, the panel of one click and the files have it", async () => {
  expect(COLUMNS).toContainEqual({ key: KEY, label: "Probe", dimension: KEY });
  const page = await answer(question(OWNER, { kind: "clicks", limit: 10, before: null, after: null }, filters()));
  expect(page.rows.map((row) => "probe" in row && row.probe)).toEqual([null, "Deutsch", "Français"]);
  const { rows } = withWords(page, "UTC");
  expect(rows.map(({ words }) => words[KEY as ColumnKey])).toEqual(["(not told)", "Deutsch", "Français"]);

  const click = await answer(question(OWNER, { kind: "click", seq: rows[2]?.seq ?? "" }));
  if (!click) throw new Error("the click is not there");
  const view = {
    path: EVENTS_PATH,
    params: params(""),
    filters: filters(),
    linkId: null,
    comparison: null,
    firstClick: null,
  };
  const device = clickFacts(view, click).find(({ key }) => key === "device");
  expect(device?.facts).toContainEqual({
    ...{ label: "Probe", text: "Français", none: "(not told)" },
    filter: "/events?interval=all&probed=Fran%C3%A7ais",
  });

  const { columns } = readColumns(`time,${KEY}`);
  const events = await exportClicks(OWNER, filters(), columns.join(","));
  const lines = parse<Record<string, string>>(await events.text(), { columns: true });
  expect(lines.map((line) => line[KEY])).toEqual(["(not told)", "Deutsch", "Français"]);
  const counted = await exportFile(OWNER, filters(), "probes.csv");
  expect(await counted.text()).toBe(
    "probed,clicks,visitors,visitors_certainty\nDeutsch,1,1,exact\nFrançais,1,1,exact\n(not told),1,1,exact\n",
  );
});

test("it is not lost when stored clicks are spelled anew", async () => {
  await db().$executeRaw`update click set probe_column = ' Deutsch ', city = 'Sa\u0303o  Paulo'
    where probe_column = 'Deutsch'`;
  expect(await respellAll({ isStopped: () => false, pauseMs: 0 })).toBe(true);
  expect(await stored()).toEqual(["Français", "Deutsch", null]);
  expect(await db().click.count({ where: { city: "São Paulo" } })).toBe(1);
});

test("demo and bench have it", () => {
  const { samples } = PROBE.dimension;
  const end = Date.parse("2026-08-31T12:00:00Z");
  const { bodies } = demoDeliveries({ seed: 1, days: 30, clicks: 50, end });
  const sent = new Set(JSON.stringify(bodies).match(/(?<="locale":")[^"]*/g));
  expect([...sent].sort()).toEqual(samples.toSorted());

  const [chunk] = clickLines({ seed: 1, clicks: 50, end });
  const cells = chunk?.text.trimEnd().split("\n") ?? [];
  const drawn = new Set(cells.map((line) => line.split("\t")[CLICK_COLUMNS.indexOf(PROBE.column)]));
  expect([...drawn].sort()).toEqual(samples.toSorted());
});
