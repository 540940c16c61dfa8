import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { mirror } from "@/lib/engines/duckdb/process-mirror";
import { traced } from "@/lib/engines/engine";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { answerFrom, type Mirrored, startMirror } from "../../naive/mirrored";
import { createRandom } from "../../naive/random";
import { click, OWNER } from "./rows";

const TIMEOUT = 600_000;
const NOW = new Date("2026-06-20T12:07:00Z");
const HOUR = 3_600_000;
const START = Date.UTC(2026, 1, 20);
const DAYS = 120;

let mirrored: Mirrored | null = null;

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

/** Clicks anywhere in a few months, many of the same visitors, who are mostly people or mostly bots. */
function scattered(count: number, seed: number) {
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
  return Array.from({ length: count }, (_, index) => {
    const visitor = pick(["ann", "ben", "cem", "dan", "eve", "robot", null]);
    return click({
      clickId: `click_${seed}_${index}`,
      linkId: pick(["a", "b", "c"]),
      // Some at the very same time.
      clickedAt: new Date(START + random.below(DAYS * 24) * HOUR + random.below(3) * 17 * 60_000),
      visitor,
      visitorEstimated: visitor === "eve",
      bot: (visitor === "robot") !== (random.below(9) === 0),
      country: pick(["DE", "US", null]),
      region: pick(["DE-BE", null]),
      city: pick(["Berlin", null]),
      referer: pick(["a.example", "b.example", null]),
      utmSource: pick(["mail", null]),
    });
  });
}

/** Ranges that cut days, months, quarter hours and blocks of days, or none; with and without a comparison. */
const RANGES = [
  "interval=all",
  "start=2026-03-01&end=2026-05-31",
  "start=2026-03-01&end=2026-05-31&timezone=America/St_Johns&compare=previous",
  "start=2026-02-21T03:04:05Z&end=2026-06-11T22:21:20Z&timezone=Europe/Berlin",
  "start=2026-04-05T10:00:00Z&end=2026-04-05T10:07:00Z",
  "start=2026-04-02&end=2026-04-07&timezone=Australia/Lord_Howe",
  "interval=90d&timezone=Asia/Kathmandu&compare=custom&compareStart=2026-02-01&compareEnd=2026-06-01",
];
const BOTS = ["include", "exclude", "only"];
const CONDITIONS = ["&linkId=a", "&country=DE&referer.contains=example", "&any.linkId=a&any.utm_source=mail"];

/** Each range with each way to treat bots, and one of the conditions; most without any, where the shortcuts are. */
const QUERIES = RANGES.flatMap((range, at) => [
  ...BOTS.map((bots) => `${range}&bots=${bots}`),
  `${range}&bots=exclude${CONDITIONS[at % CONDITIONS.length]}`,
]);

/** What is counted, of the clicks of a query. */
async function counts(query: string) {
  const filters = filtersFromParams(new URLSearchParams(query), NOW);
  expect(filters.problems).toEqual([]);
  const [totals, series, heatMap, ...breakdowns] = await Promise.all([
    answer(question(OWNER, { kind: "totals" }, filters)),
    answer(question(OWNER, { kind: "series" }, filters)),
    answer(question(OWNER, { kind: "heatMap" }, filters)),
    ...(["linkId", "country", "city", "bot", "referer"] as const).map((key) =>
      answer(question(OWNER, { kind: "breakdown", key }, filters)),
    ),
  ]);
  return { totals, series, heatMap, breakdowns };
}

test("counts are right wherever late clicks come in between", { timeout: TIMEOUT }, async () => {
  // Three times as many as are settled together, and two more.
  await db().click.createMany({ data: scattered(332, 1) });
  mirrored = await startMirror({ step: 110 });
  const own = mirror();
  for (const seed of [2, 3, 4]) {
    // Fewer than are settled together, and more.
    await db().click.createMany({ data: scattered(seed === 3 ? 100 : 12, seed) });
    await own?.keepUp();
    for (const query of QUERIES) {
      answerFrom(own);
      const given = await counts(query);
      answerFrom(null);
      expect(given, query).toEqual(await counts(query));
    }
  }
  answerFrom(own);
  const statements = await traced(() => counts("start=2026-03-01&end=2026-05-31"));
  expect(new Set(statements.map(({ by }) => by))).toEqual(new Set(["counts"]));
  const sizes = `select cast((select count(*) from settled) as int) as settled,
    cast((select count(*) from recent) as int) as recent`;
  expect(await own?.ask(sizes, [])).toEqual([{ settled: 330 + 2 + 12 + 100, recent: 12 }]);
  expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
});
