import fc from "fast-check";
import { expect, test } from "vitest";
import { WEEK_SLOTS } from "@/lib/base/time";
import { coverOf, gapsOf, type Span, spanAt } from "@/lib/deliveries/heartbeat/spans";
import type { HealthFacts } from "@/lib/health/facts";
import { judge } from "@/lib/health/judge";
import { expectedClicks, isUnusuallySilent } from "@/lib/health/stored";

const MINUTE = 60_000;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 3) + minute * MINUTE);
const span = (from: number, to: number): Span => ({ from: at(from), to: at(to) });

test("a gap is what no span covers, whatever order they come in, and short breaks are none", () => {
  expect(gapsOf([])).toEqual([]);
  expect(gapsOf([span(0, 10)])).toEqual([]);
  expect(gapsOf([span(20, 30), span(0, 10), span(5, 12)])).toEqual([span(12, 20)]);
  expect(gapsOf([span(0, 60), span(10, 20), span(30, 40)])).toEqual([]);
  expect(gapsOf([span(0, 10), span(10.7, 20)])).toEqual([]);
});

test("minute by minute, gaps and spans agree with a count by hand", () => {
  const spans = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 20 })), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(spans, (drawn) => {
      const made = drawn.map(([from, length]) => span(from, from + length));
      const [first, last] = [Math.min(...drawn.map(([from]) => from)), Math.max(...drawn.map(([a, b]) => a + b))];
      const gaps = gapsOf(made);
      for (let minute = first; minute < last; minute++) {
        const isSeen = drawn.some(([from, length]) => from <= minute && minute < from + length);
        expect(coverOf(gaps, span(minute, minute + 1))).toBe(isSeen ? null : "whole");
      }
    }),
  );
});

test("a bucket is without reception as a whole, in part or not at all", () => {
  const gaps = [span(10, 20), span(25, 30)];
  expect(coverOf(gaps, span(11, 19))).toBe("whole");
  expect(coverOf(gaps, span(0, 60))).toBe("part");
  expect(coverOf(gaps, span(0, 60 * 24))).toBeNull();
  expect(coverOf(gaps, span(20, 25))).toBeNull();
});

test("a writeHeartbeat goes on with its span; sleep, a broken span and a clock that was set begin another", () => {
  const first = spanAt(null, at(0));
  expect(first).toEqual({ ...span(0, 0), id: null, open: true });
  const saved = { ...first, id: 7n };
  expect(spanAt(saved, at(0.25))).toEqual({ ...saved, to: at(0.25) });
  expect(spanAt({ ...saved, to: at(0.25) }, at(0.1)).to).toEqual(at(0.25));
  for (const next of [spanAt(saved, at(2)), spanAt({ ...saved, open: false }, at(0.25)), spanAt(saved, at(-9))])
    expect(next).toMatchObject({ id: null, open: true });
});

test("whenever beats come, spans hold them all but for a minute of a clock put back, and no longer break", () => {
  const steps = fc.array(fc.integer({ min: -200, max: 400 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(steps, (seconds) => {
      let last = spanAt(null, at(0));
      const spans = [last];
      const beats = [0];
      for (const step of seconds) {
        const writeHeartbeat = (beats.at(-1) ?? 0) + step;
        beats.push(writeHeartbeat);
        last = spanAt(last, at(writeHeartbeat / 60));
        if (last.from === spans.at(-1)?.from) spans[spans.length - 1] = last;
        else spans.push(last);
        const [earliest, latest] = [at(writeHeartbeat / 60), at(writeHeartbeat / 60 + 1)];
        expect(spans.some(({ from, to }) => from <= latest && earliest <= to)).toBe(true);
      }
      for (const { from, to } of spans) {
        const inside = beats
          .map((writeHeartbeat) => at(writeHeartbeat / 60).getTime())
          .filter((time) => +from <= time && time <= +to);
        const sorted = inside.sort((a, b) => a - b);
        for (const [index, time] of sorted.entries())
          expect(time - (sorted[index - 1] ?? time)).toBeLessThanOrEqual(MINUTE);
      }
    }),
  );
});

test("silence is unusual when a usual week makes it unlikely", () => {
  const week = { clicks: Array.from({ length: WEEK_SLOTS }, () => 2), weeks: 4 };
  expect(expectedClicks(week, at(0), at(45))).toBeCloseTo(6);
  expect(expectedClicks(week, at(7), at(8))).toBeCloseTo(2 / 15);
  expect(isUnusuallySilent(week, at(0), at(45))).toBe(false);
  expect(isUnusuallySilent(week, at(0), at(60))).toBe(true);
  expect(isUnusuallySilent({ ...week, weeks: 1.9 }, at(0), at(600))).toBe(false);
  expect(isUnusuallySilent(week, null, at(600))).toBe(false);
  const nights = { clicks: week.clicks.map(() => 0), weeks: 4 };
  expect(isUnusuallySilent(nights, at(0), at(100_000))).toBe(false);
});

const FINE: HealthFacts = {
  ...{
    at: at(0),
    database: null,
    awayWorkers: [],
    waiting: 0,
    failures: 0,
    unreadableSecrets: 0,
    hasMailFailed: false,
  },
  spool: { bytes: 0, limit: 1e9, isWritable: true, stalledForMs: 0 },
  mirror: { state: "current", progress: null, reason: null, hasDiffered: false, asOf: null },
  disk: { free: 50e9, size: 100e9 },
  stored: {
    lastClick: at(0),
    lastDelivery: at(0),
    delay: null,
    isSilent: false,
    quarantined: { all: 9, lately: 0 },
    mirrorLag: 0,
    servers: [],
    rejected: 0,
    ahead: null,
    respelling: null,
  },
};
const problems = (facts: Partial<HealthFacts>) => judge({ ...FINE, ...facts }).problems.map(({ id }) => id);

test("what is wrong is named, and nothing else", () => {
  expect(judge(FINE)).toEqual({ status: "ok", problems: [] });
  expect(problems({ failures: 4 })).toEqual([]);
  expect(problems({ failures: 5 })).toEqual(["failures"]);
  expect(judge({ ...FINE, failures: 10 }).problems[0]?.message).toMatch(/^Act now: 10 signed deliveries/);
  expect(problems({ disk: { free: 0.9e9, size: 10e9 } })).toEqual(["disk"]);
  expect(problems({ disk: { free: 4e9, size: 100e9 } })).toEqual(["disk"]);
  expect(problems({ waiting: 1 })).toEqual(["spool"]);
  const mirror = { progress: null, reason: null, hasDiffered: false, asOf: null };
  expect(problems({ mirror: { ...mirror, state: "unavailable", reason: "It is locked." } })).toEqual(["mirror"]);
  expect(problems({ mirror: { ...mirror, state: "current", hasDiffered: true } })).toEqual(["counts-differ"]);
  expect(problems({ hasMailFailed: true })).toEqual(["mail"]);
  if (FINE.stored) {
    expect(problems({ stored: { ...FINE.stored, isSilent: true } })).toEqual(["silence"]);
    expect(problems({ stored: { ...FINE.stored, quarantined: { all: 1, lately: 1 } } })).toEqual(["quarantine"]);
  }
  expect(problems({ unreadableSecrets: 1 })).toEqual(["secrets"]);
  expect(judge({ ...FINE, spool: { ...FINE.spool, isWritable: false } })).toMatchObject({
    status: "ok",
    problems: [{ id: "spool-unusable" }],
  });
  expect(problems({ waiting: 1, spool: { ...FINE.spool, stalledForMs: 121_000 } })).toEqual(["spool-still", "spool"]);
  if (FINE.stored) {
    const ahead = { clicks: 2, latest: at(5_000) };
    expect(problems({ stored: { ...FINE.stored, ahead } })).toEqual(["ahead"]);
    expect(problems({ stored: { ...FINE.stored, rejected: 1_000 } })).toEqual([]);
  }
  expect(judge({ ...FINE, database: "Away.", stored: null }).status).toBe("degraded");
  expect(judge({ ...FINE, database: "Away.", spool: { ...FINE.spool, isWritable: false } }).status).toBe("unavailable");
  expect(judge({ ...FINE, database: "Away.", waiting: 9, spool: { ...FINE.spool, bytes: 999_950_000 } })).toMatchObject(
    {
      status: "unavailable",
      problems: [{ id: "database" }, { id: "spool-full" }, { id: "spool" }],
    },
  );
});
