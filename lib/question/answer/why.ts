import "server-only";
import { db } from "@/lib/base/db";
import { traced } from "@/lib/engines/engine";
import { breakdown } from "@/lib/question/answer/breakdown";
import { newestSeq } from "@/lib/question/answer/clicks";
import { heatMap, totals } from "@/lib/question/answer/counts";
import { everyClickSeen } from "@/lib/question/answer/resolve";
import { series } from "@/lib/question/answer/series";
import type { Why } from "@/lib/question/answer-types";
import type { Figure, Question } from "@/lib/question/question";

function askFigure(question: Question, figure: Figure): Promise<unknown> {
  if (figure === "count") return totals(question);
  if (figure === "timeseries") return series(question);
  if (figure === "heatmap") return heatMap(question);
  return breakdown(question, figure, { rows: { limit: 8 } });
}

/** Answers a figure again and reports how. Throws AppError as the figure's question does. */
export async function why(question: Question, { figure }: { figure: Figure }): Promise<Why> {
  const begun = performance.now();
  const statements = await traced(() => askFigure(question, figure));
  const ms = performance.now() - begun;
  const [bots, stored, seq] = await Promise.all([
    breakdown({ ...question, comparison: null, bots: "include" }, "bot"),
    breakdown(everyClickSeen(question), "bot", { rows: { limit: 1 } }),
    newestSeq(question),
  ]);
  const withheld = figure === "count" ? (await totals(question)).withheld : null;
  const newest = await db().click.findFirst({ where: { seq: BigInt(seq) }, select: { receivedAt: true } });
  const byBots = bots.rows.find(({ value }) => value === "bot")?.clicks ?? 0;
  return {
    answeredBy: [...new Set(statements.map(({ by }) => by))],
    ms,
    matching: { include: bots.total, exclude: bots.total - byBots, only: byBots }[question.bots],
    stored: stored.total,
    withheld,
    byBots,
    newest: newest?.receivedAt ?? null,
  };
}
