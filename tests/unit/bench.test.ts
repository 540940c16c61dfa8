import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { CLICK_FIELDS, type StoredClick } from "@/lib/click/fields";
import { type Said, spellClick } from "@/lib/click/spell";
import { judge, type Results } from "@/scripts/bench/aims";
import { benchLinks, CLICK_COLUMNS, clickLines, DAYS } from "@/scripts/bench/data";
import { ageOf, memoryOf, processorTimeOf, resetPeak } from "@/scripts/bench/process";
import { createRanges } from "@/scripts/bench/ranges";
import { report, withNotes } from "@/scripts/bench/report";
import { alternate, timingOf } from "@/scripts/bench/timing";

const DAY = 86_400_000;
const END = Date.parse("2026-11-25T12:00:00Z");
const PLAN = { seed: 1, clicks: 5_000, end: END };

const text = (plan: typeof PLAN) => [...clickLines(plan)].map((chunk) => chunk.text).join("");
const lines = text(PLAN).trimEnd().split("\n");
const cellsOf = (name: string) => lines.map((line) => line.split("\t")[CLICK_COLUMNS.indexOf(name)] ?? "");
const share = (values: string[], value: string) => values.filter((found) => found === value).length / values.length;

test("the same seed and end give the same clicks, another seed gives others", () => {
  expect(text(PLAN)).toBe(text(PLAN));
  expect(text({ ...PLAN, seed: 2 })).not.toBe(text(PLAN));
});

test("there are as many clicks as asked for, each with a value for every column, within the year", () => {
  expect(lines).toHaveLength(PLAN.clicks);
  expect(new Set(lines.map((line) => line.split("\t").length))).toEqual(new Set([CLICK_COLUMNS.length]));
  expect(new Set(cellsOf("click_id")).size).toBe(PLAN.clicks);
  const times = cellsOf("clicked_at").map(Date.parse);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(END - DAYS * DAY);
  expect(Math.max(...times)).toBeLessThan(END);
  expect(cellsOf("slot")).toEqual(times.map((time) => String(Math.floor(time / 900_000))));
});

test("clicks are as unequal as they are in life", () => {
  expect(share(cellsOf("link_id"), benchLinks(PLAN.seed)[0]?.id ?? "")).toBeCloseTo(0.09, 1);
  expect(share(cellsOf("referer"), "\\N")).toBeCloseTo(0.4, 1);
  expect(share(cellsOf("trigger"), "qr")).toBeCloseTo(0.1, 1);
  expect(new Set(cellsOf("country")).size).toBeGreaterThan(50);
});

test("clicks are normalised, so that a server has nothing to correct", () => {
  const linksById = new Map(benchLinks(PLAN.seed).map((link) => [link.id, link]));
  for (const line of lines) {
    const cells = line.split("\t");
    const click = {} as Said & StoredClick;
    for (const { key, column } of CLICK_FIELDS) {
      const cell = cells[CLICK_COLUMNS.indexOf(column)] ?? "\\N";
      Object.assign(click, { [key]: cell === "\\N" ? null : cell });
    }
    const link = linksById.get(click.linkId) ?? null;
    expect(click).toMatchObject(spellClick({ ...click, isQr: false, link }));
  }
});

test("a quantile is one of the values that were measured", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(timingOf(hundred)).toEqual({ p50: 50, p95: 95, runs: 100 });
  expect(timingOf([7])).toEqual({ p50: 7, p95: 7, runs: 1 });
});

test("no range is asked twice", () => {
  const ranges = createRanges(END);
  const asked = ["30d", "30d", "30d"].map((range) => ranges(range as "30d"));
  expect(new Set(asked).size).toBe(3);
});

test("parties are asked the same in turn, and the rehearsal doesn't count", async () => {
  const asked: string[] = [];
  const party = (name: string, ms: number) => async (query: string) => {
    asked.push(`${name} ${query}`);
    return { ms: asked.length <= 2 ? 2_000 : ms };
  };
  let query = 0;
  const timings = await alternate([party("a", 1), party("b", 2)], () => String(++query), "ms");
  expect(asked.slice(0, 4)).toEqual(["a 1", "b 1", "a 2", "b 2"]);
  expect(timings).toEqual([{ ms: { p50: 1, p95: 1, runs: 5 } }, { ms: { p50: 2, p95: 2, runs: 5 } }]);
});

const MB = 1_000_000;
const machine = { cpu: "", cores: 2, memory: 1, system: "", node: "", duckdb: "", postgres: "" };

/** What a run finds of which only the whole page of the overview and memory matter. */
function resultsOf(name: string, ms: number, memory: number): Results {
  const timing = timingOf([ms]);
  const page = { page: "overview", range: "365d" as const, firstByte: timing, firstCard: timing, end: timing };
  return {
    whole: {
      ...{ name, clicks: 10_000_000, fillMs: 1, memory: { filling: memory, pages: 1 }, mirror: 1, machine },
      ...{ pages: [{ ...page, bytes: timing }], processor: undefined, readers: undefined, answers: [], catchUps: [] },
      postgres: { table: 1, indexes: 1 },
    },
  };
}
const PAGE = "overview, 365d: whole page";
const findingOf = (what: string, ...results: Parameters<typeof judge>) =>
  judge(...results).find((finding) => finding.what === what);

test("alone the aim decides, beside another checkout the ratio does for times, and never for sizes", () => {
  const own = resultsOf("this", 200, 900 * MB);
  expect(findingOf(PAGE, own)).toMatchObject({ found: 200, reach: 120, isMet: false });
  const slow = resultsOf("other", 4_000, 450 * MB);
  expect(findingOf(PAGE, own, slow)).toMatchObject({ other: 4_000, ratio: 0.05, isRelative: true, isMet: true });
  expect(findingOf("server memory at most", own, slow)).toMatchObject({ ratio: 2, isRelative: false, isMet: true });
  expect(findingOf("exact visitors, 365d, all links, conditions –", own)).toBeUndefined();
});

test("the report says by how much an aim is missed", () => {
  expect(report(resultsOf("this", 180, 900 * MB))).toContain(`- ${PAGE}: 180 ms instead of 120 ms, 50 % too much.`);
  expect(report(resultsOf("this", 100, 900 * MB))).not.toContain(`- ${PAGE}`);
});

test("notes by hand survive a new report", () => {
  const first = withNotes("old figures", "");
  const edited = `${first}Why it is so.\n`;
  const second = withNotes("new figures", edited);
  expect(second).toContain("new figures");
  expect(second).not.toContain("old figures");
  expect(second.endsWith("Why it is so.\n")).toBe(true);
  expect(withNotes("new figures", second)).toBe(second);
});

test.runIf(process.platform === "linux")(
  "a process's memory, age and processor time are those the system counts",
  async () => {
    // One of its own: others of this process come and go.
    const busy = "while (process.cpuUsage().user < 2e5); process.send(process.cpuUsage()); setInterval(() => {}, 1e6)";
    const child = spawn(process.execPath, ["-e", busy], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const started = performance.now();
    try {
      const [{ user, system }] = (await once(child, "message")) as [NodeJS.CpuUsage];
      const { pid = 0 } = child;
      expect(processorTimeOf(pid)).toBeGreaterThanOrEqual((user + system) / 1_000 - 20);
      expect(Math.abs(ageOf(pid) - (performance.now() - started))).toBeLessThan(5_000);
      resetPeak(pid);
      const { now, peak } = memoryOf(pid);
      expect(now).toBeGreaterThan(10 * MB);
      expect(peak).toBeGreaterThanOrEqual(now - 50 * MB);
    } finally {
      child.kill("SIGKILL");
    }
  },
);
