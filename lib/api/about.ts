import "server-only";
import { notesIn } from "@/lib/account/notes/store";
import { filterWords, type Names } from "@/lib/api/why";
import { count, minute, zoneLabel } from "@/lib/base/format";
import { weekStartName } from "@/lib/base/week-start";
import { answer } from "@/lib/question/answer";
import { type Totals, visitorCertainty } from "@/lib/question/answer-types";
import { type Filters, question, type Scope } from "@/lib/question/question";
import { comparisonDates, rangeDates } from "@/lib/question/words";

function idsOf({ conditions, anyOf }: Filters, field: "linkId" | "tagId" | "folderId"): string[] {
  const about = [...conditions, ...anyOf.flat()].filter((condition) => condition.field === field);
  return about.flatMap(({ values }) => values.filter((value) => value !== null));
}

/** Names of the links, tags and folders that the filters name. */
export async function namesIn(scope: Scope, filters: Filters): Promise<Names> {
  const [links, tags, folders] = await Promise.all([
    answer(question(scope, { kind: "labels", ids: idsOf(filters, "linkId") })),
    answer(question(scope, { kind: "tagNames", ids: idsOf(filters, "tagId") })),
    answer(question(scope, { kind: "folderNames", ids: idsOf(filters, "folderId") })),
  ]);
  return { links, tags, folders };
}

const BOTS: Record<Filters["bots"], string> = {
  include: "Clicks by bots are included.",
  exclude: "Clicks by bots are left out.",
  only: "Only clicks by bots.",
};

function visitorsWords(totals: Totals): string {
  const { visitors, withheld } = totals;
  const certainty = visitorCertainty(totals);
  if (certainty === "exact") return count(visitors);
  const reason = `(${count(withheld)} ${withheld === 1 ? "click" : "clicks"} without an IP address)`;
  return certainty === "unknown" ? `unknown ${reason}` : `at least ${count(visitors)} ${reason}`;
}

/** What the files of an export are about, in lines of plain text: range, filters, totals, and when it was made. */
export async function aboutExport(scope: Scope, filters: Filters): Promise<string> {
  const [names, notes, totals] = await Promise.all([
    namesIn(scope, filters),
    notesIn(scope, filters),
    answer(question(scope, { kind: "totals" }, { ...filters, comparison: null })),
  ]);
  const { comparison, zone, weekStart, now } = filters;
  const facts = [
    ["Made", minute(now, zone)],
    ["Range", rangeDates(filters)],
    ...(comparison ? [["Compared with", comparisonDates(filters, comparison)]] : []),
    ["Time zone", zoneLabel(zone, now)],
    ["Weeks start on", weekStartName(weekStart)],
    ["Filters", filterWords(filters, names)],
    ["Bots", BOTS[filters.bots]],
    ["Clicks", count(totals.clicks)],
    ["Visitors", visitorsWords(totals)],
    ["Links clicked", count(totals.links)],
    ...notes.map(({ when, text }) => [`Note of ${when}`, text]),
  ];
  // A value of a filter can't look like another line.
  const lines = facts.map(([name, text]) => `${name}: ${text?.replace(/\s+/g, " ")}`);
  return ["Footfall export", "", ...lines, ""].join("\n");
}
