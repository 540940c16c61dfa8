import { dimensionsOf } from "@/lib/click/dimensions";
import { CARDS, type CardKey } from "@/lib/click/fields";
import type { Filters } from "@/lib/question/question";
import {
  filtersOf,
  type Parties,
  type Range,
  rangeQuery,
  repetitions,
  type Scope,
  type Timing,
  timingOf,
} from "@/scripts/bench/measure";
import { type Run, timeStraight } from "./engines";
import { askRows, askSteps, askTotals, askWeek } from "./questions";

/** Rows of a card. */
const ROWS = 8;

/** A page as it was measured, all in milliseconds. The floor is that of its statements, one after the other. */
export type PageAnswer = {
  page: string;
  range: Range;
  firstByte: Timing;
  firstCard: Timing;
  end: Timing;
  floor: Timing;
};

/** What the overview asks: totals, clicks over time, map, week, and the first tab of every card. */
async function askPage(filters: Filters, linkId: string | null, run: Run): Promise<void> {
  await askTotals(filters, run);
  await askSteps(filters, run);
  await askRows(filters, "countries", {}, run);
  await askWeek(filters, run);
  for (const card of Object.keys(CARDS) as CardKey[]) {
    const tabs = dimensionsOf(card).filter(({ key, of }) => !(linkId && (key === "linkId" || of === "link")));
    if (tabs[0]) await askRows(filters, tabs[0].groupBy, { limit: ROWS }, run);
  }
}

async function measurePage(scope: Scope, range: Range, parties: Parties): Promise<PageAnswer> {
  const { client, floor, ranges } = parties;
  const path = scope.linkId === null ? "/" : `/links/${scope.linkId}`;
  const link = scope.linkId === null ? "" : `&linkId=${scope.linkId}`;
  const open = () => client.page(`${path}?${rangeQuery(ranges, range)}`);
  const straight = async () => {
    const filters = filtersOf(`${rangeQuery(ranges, range)}${link}`);
    return timeStraight((run) => askPage(filters, scope.linkId, run), floor);
  };
  await straight();
  const runs = repetitions((await open()).end);
  const pages = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    pages.push(await open());
    floors.push(await straight());
  }
  return {
    page: scope.linkId === null ? "overview" : scope.name,
    range,
    firstByte: timingOf(pages.map(({ firstByte }) => firstByte)),
    firstCard: timingOf(pages.map(({ firstCard }) => firstCard)),
    end: timingOf(pages.map(({ end }) => end)),
    floor: timingOf(floors),
  };
}

/** Opens the overview over every range, and the pages of single links over a year. */
export async function openPages(
  scopes: readonly Scope[],
  parties: Parties,
  signal: AbortSignal,
): Promise<PageAnswer[]> {
  const answers: PageAnswer[] = [];
  for (const scope of scopes) {
    const ranges: Range[] = scope.linkId === null ? ["24h", "30d", "365d"] : ["365d"];
    for (const range of ranges) {
      signal.throwIfAborted();
      answers.push(await measurePage(scope, range, parties));
    }
  }
  return answers;
}
