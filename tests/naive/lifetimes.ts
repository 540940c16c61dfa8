import type { Click } from "@/lib/generated/prisma/client";
import type { AgeStep, AlignedSeries, Band, LinkLifetime } from "@/lib/question/answer-types";
import type { Filters } from "@/lib/question/question";
import { clicksOf } from "./holds";
import { QUARTER_HOUR, quarterOf } from "./local";
import { suiting } from "./series";
import type { World } from "./world";

const DAY = 24 * 60 * 60 * 1000;
const SHORTEST: Record<AgeStep, number> = {
  quarterHour: QUARTER_HOUR,
  hour: 4 * QUARTER_HOUR,
  day: DAY,
  week: 7 * DAY,
};
const MOST_STEPS = 10_000;

/** Clicks of one link, oldest first. */
function ofLink(world: World, filters: Filters, id: string): Click[] {
  return clicksOf(world, filters)
    .filter(({ linkId }) => linkId === id)
    .sort((a, b) => a.clickedAt.getTime() - b.clickedAt.getTime());
}

export function naiveLives(world: World, filters: Filters, ids: string[]): Map<string, LinkLifetime> {
  const now = filters.now.getTime();
  const lives = ids.flatMap((id): [string, LinkLifetime][] => {
    const times = ofLink(world, filters, id).map(({ clickedAt }) => clickedAt.getTime());
    const [first] = times;
    if (first === undefined) return [];
    const half = times[Math.ceil(times.length / 2) - 1] ?? Number.NaN;
    const latest = { interval: null, from: new Date(now - DAY), to: new Date(now + 1) };
    const life = {
      clicks: times.length,
      first: new Date(first),
      halfLife: half - first,
      firstDay: times.filter((time) => time - first < DAY).length,
      lastDay: ofLink(world, { ...filters, range: latest }, id).length,
    };
    return [[id, life]];
  });
  return new Map(lives);
}

/** Null where the question is refused, because nobody could read the answer. */
export function naiveAligned(world: World, filters: Filters, ids: string[]): AlignedSeries | null {
  const { range, now, granularity } = filters;
  const end = range.to && range.to < now ? new Date(range.to.getTime() - 1) : now;
  const lives = [...new Set(ids)].flatMap((id) => {
    const quarters = ofLink(world, filters, id).map(({ clickedAt }) => quarterOf(clickedAt));
    const [first, last] = [quarters[0], quarters.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ id, quarters, first, last: Math.max(last, quarterOf(end)) }];
  });
  if (lives.length === 0) return { step: "day", links: new Map() };
  const longest = Math.max(...lives.map(({ first, last }) => (last - first + 1) * QUARTER_HOUR));
  const chosen = granularity ?? suiting(longest / DAY);
  if (longest / (chosen === "month" ? 28 * DAY : SHORTEST[chosen]) > MOST_STEPS) return null;
  const step = chosen === "month" ? "week" : chosen;
  const stepOf = (first: number, quarter: number) => Math.floor(((quarter - first) * QUARTER_HOUR) / SHORTEST[step]);
  const links = lives.map(({ id, quarters, first, last }): [string, number[]] => {
    const steps = Array.from({ length: stepOf(first, last) + 1 }, () => 0);
    for (const quarter of quarters) steps.splice(stepOf(first, quarter), 1, (steps[stepOf(first, quarter)] ?? 0) + 1);
    return [id, steps];
  });
  return { step, links: new Map(links) };
}

/** What is usual for links with a tag of a link or in its folder: the middle half of each step of the others' lives. */
export function naiveBand(
  world: World,
  filters: Filters,
  { id, step, steps }: { id: string; step: AgeStep; steps: number },
): Band | null {
  const link = world.links.get(id);
  if (!link) return null;
  const end =
    filters.range.to && filters.range.to < filters.now ? new Date(filters.range.to.getTime() - 1) : filters.now;
  const groups = [
    ...link.tags.map((tag) => ({ field: "tagId" as const, value: tag.id, name: tag.name })),
    ...(link.folderId === null ? [] : [{ field: "folderId" as const, value: link.folderId, name: link.folderId }]),
  ];
  for (const of of groups) {
    const others = [...world.links.values()].filter((other) =>
      of.field === "tagId" ? other.tags.some((tag) => tag.id === of.value) : other.folderId === of.value,
    );
    const lives = others.flatMap((other) => {
      const quarters = ofLink(world, filters, other.id).map(({ clickedAt }) => quarterOf(clickedAt));
      const [first] = quarters;
      if (other.id === id || first === undefined) return [];
      const counts: number[] = [];
      const length = SHORTEST[step] / QUARTER_HOUR;
      for (let from = first; from + length <= quarterOf(end); from += length)
        counts.push(quarters.filter((quarter) => quarter >= from && quarter < from + length).length);
      return counts.length > 0 ? [counts] : [];
    });
    if (lives.length < 5) continue;
    const lines = Array.from({ length: steps }, (_, at) => lives.flatMap((counts) => counts[at] ?? []))
      .filter((counts) => counts.length >= 5)
      .map((counts) => counts.sort((a, b) => a - b));
    const part = (share: number) => lines.map((counts) => counts[Math.ceil(counts.length * share) - 1] ?? Number.NaN);
    return { of, links: lives.length, low: part(0.25), high: part(0.75) };
  }
  return null;
}
