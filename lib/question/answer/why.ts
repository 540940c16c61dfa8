import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { db } from "@/lib/db";
import type { DimensionKey } from "@/lib/dimensions";
import { traced } from "@/lib/engines/engine";
import { answerBreakdown } from "@/lib/question/answer/breakdown";
import { answerSeries } from "@/lib/question/answer/series";
import { answerTotals } from "@/lib/question/answer/totals";
import { answerHeatMap } from "@/lib/question/answer/week";
import type { Filters } from "@/lib/question/question";

/** A figure on a page: the totals, clicks over time, hours of the week, or the rows of a breakdown. */
export type Figure = "count" | "timeseries" | "heatmap" | DimensionKey;

/** How a figure came about. */
export type Why = {
  /** Which engines answered, in how many milliseconds; asked anew for this. */
  engines: ("mirror" | "postgres")[];
  ms: number;
  /** Clicks that match, and all that are stored. */
  matching: number;
  stored: number;
  /** Of the clicks that the other filters find, how many are by bots. */
  byBots: number;
  /** When the newest click was stored; null when there is none. */
  newest: Date | null;
};

function askFigure(viewer: Viewer, filters: Filters, figure: Figure): Promise<unknown> {
  if (figure === "count") return answerTotals(viewer, filters);
  if (figure === "timeseries") return answerSeries(viewer, filters);
  if (figure === "heatmap") return answerHeatMap(viewer, filters);
  return answerBreakdown(viewer, filters, figure, { limit: 8 });
}

/** Asks a figure again, and tells how it came about. @throws AppError as the question itself does */
export async function answerWhy(viewer: Viewer, filters: Filters, figure: Figure): Promise<Why> {
  const begun = performance.now();
  const { statements } = await traced(() => askFigure(viewer, filters, figure));
  const ms = performance.now() - begun;
  const found: Filters = { ...filters, comparison: null, bots: "include" };
  const range = { interval: "all", from: null, to: null } as const;
  const everything: Filters = { ...found, range, conditions: [], anyOf: [] };
  const [bots, stored, newest] = await Promise.all([
    answerBreakdown(viewer, found, "bot"),
    answerBreakdown(viewer, everything, "bot", { limit: 1 }),
    db().click.findFirst({ orderBy: { seq: "desc" }, select: { receivedAt: true } }),
  ]);
  const byBots = bots.rows.find(({ value }) => value === "bot")?.clicks ?? 0;
  return {
    engines: [...new Set(statements.map(({ engine }) => engine))],
    ms,
    matching: { include: bots.total, exclude: bots.total - byBots, only: byBots }[filters.bots],
    stored: stored.total,
    byBots,
    newest: newest?.receivedAt ?? null,
  };
}
