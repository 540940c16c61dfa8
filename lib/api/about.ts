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

/** What the files of an export are about, for people and for programs. */
export type About = {
  /** Lines of plain text: range, filters, totals, notes, and when it was made. */
  text: string;
  /** The same as data. Times are in ISO 8601; `query` has the parameters as pages and exports read them. */
  manifest: {
    made: string;
    range: { interval: string | null; from: string | null; to: string | null };
    comparison: { kind: string; from: string; to: string } | null;
    zone: string;
    weekStart: string;
    filters: { words: string; query: string };
    bots: string;
    /** Number of the last click that was counted. */
    upTo: string | null;
    totals: { clicks: number; visitors: number | null; visitorsCertainty: string; links: number };
  };
};

/** Says what an export is about; `query`: its filters and settings as the address had them. */
export async function aboutExport(scope: Scope, filters: Filters, query = ""): Promise<About> {
  const [names, notes, totals] = await Promise.all([
    namesIn(scope, filters),
    notesIn(scope, filters),
    answer(question(scope, { kind: "totals" }, { ...filters, comparison: null })),
  ]);
  const { comparison, zone, weekStart, now, range, bots, upTo = null } = filters;
  const asked = filterWords(filters, names);
  const facts = [
    ["Made", minute(now, zone)],
    ["Range", rangeDates(filters)],
    ...(comparison ? [["Compared with", comparisonDates(filters, comparison)]] : []),
    ["Time zone", zoneLabel(zone, now)],
    ["Weeks start on", weekStartName(weekStart)],
    ["Filters", asked],
    ["Bots", BOTS[bots]],
    ["Clicks", count(totals.clicks)],
    ["Visitors", visitorsWords(totals)],
    ["Links clicked", count(totals.links)],
    ...notes.map(({ when, text }) => [`Note of ${when}`, text]),
  ];
  // A value of a filter can't look like another line.
  const lines = facts.map(([name, text]) => `${name}: ${text?.replace(/\s+/g, " ")}`);
  const visitorsCertainty = visitorCertainty(totals);
  return {
    text: ["Footfall export", "", ...lines, ""].join("\n"),
    manifest: {
      made: now.toISOString(),
      range: { interval: range.interval, from: range.from?.toISOString() ?? null, to: range.to?.toISOString() ?? null },
      comparison: comparison && {
        kind: comparison.kind,
        ...{ from: comparison.from.toISOString(), to: comparison.to.toISOString() },
      },
      ...{ zone, weekStart, filters: { words: asked, query }, bots, upTo },
      totals: {
        clicks: totals.clicks,
        // Like pages, no number where nothing is known.
        visitors: visitorsCertainty === "unknown" ? null : totals.visitors,
        ...{ visitorsCertainty, links: totals.links },
      },
    },
  };
}
