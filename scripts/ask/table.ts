import { tidyText } from "@/lib/base/clean";
import { count, percent } from "@/lib/base/format";
import { localIso } from "@/lib/base/time";
import { type DimensionKey, dimension, WEEKDAYS } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import {
  type Breakdown,
  type BreakdownRow,
  type ClickPage,
  type HeatMap,
  type Series,
  type Totals,
  visitorCertainty,
} from "@/lib/question/answer-types";
import { pairsOf } from "@/lib/question/series";
import { displayValue, fieldValue, wordsOf } from "@/lib/question/words";

type Cell = string | number | null;

/** An answer as lines: `people` with words, `files` with stored values and names that stay. */
export type Table = { columns: string[]; rows: Cell[][] };
export type Tables = { people: Table; files: Table };

const same = (table: Table): Tables => ({ people: table, files: table });

function visitorsCell({ clicks, visitors, withheld }: Pick<Totals, "clicks" | "visitors" | "withheld">): Cell {
  const certainty = visitorCertainty({ clicks, withheld });
  if (certainty === "unknown") return "unknown";
  return certainty === "exact" ? visitors : `at least ${count(visitors)}`;
}

export function totalsTables({ previous, ...totals }: Totals): Tables {
  const of = { ...(previous ? { now: totals, previous } : { now: totals }) };
  const lines = Object.entries(of);
  return {
    people: {
      columns: ["", "clicks", "visitors", "links"],
      rows: lines.map(([name, one]) => [previous ? name : "", one.clicks, visitorsCell(one), one.links]),
    },
    files: {
      columns: ["range", "clicks", "visitors", "withheld", "links"],
      rows: lines.map(([name, { clicks, visitors, withheld, links }]) => [name, clicks, visitors, withheld, links]),
    },
  };
}

export function seriesTables(series: Series): Tables {
  const start = (point: { start: number } | null) => point && localIso(point.start, series.zone);
  return same({
    columns: ["start", "clicks", ...(series.previous ? ["previous_start", "previous"] : [])],
    rows: pairsOf(series).map(({ point, previous }) => [
      ...[start(point), point?.clicks ?? null],
      ...(series.previous ? [start(previous), previous?.clicks ?? null] : []),
    ]),
  });
}

export const heatMapTables = ({ cells }: HeatMap): Tables =>
  same({
    columns: ["weekday", ...Array.from({ length: 24 }, (_, hour) => String(hour))],
    rows: cells.map((hours, day) => [WEEKDAYS[day] ?? null, ...hours]),
  });

export function breakdownTables(key: DimensionKey, { rows, total, previousTotal }: Breakdown): Tables {
  const { label, none } = dimension(key);
  const isCompared = previousTotal !== undefined;
  const hasVisitors = rows.some(({ visitors }) => visitors !== undefined);
  const nameOf = (row: BreakdownRow) => {
    const { text, note } = fieldValue(key, row);
    return note === null ? text : `${text} · ${note}`;
  };
  const counted = ({ clicks, previous = 0, visitors = 0, withheld = 0 }: BreakdownRow): Cell[] => [
    clicks,
    ...(isCompared ? [previous, clicks - previous] : []),
    ...(hasVisitors ? [visitorsCell({ clicks, visitors, withheld })] : []),
  ];
  const numbers = ["clicks", ...(isCompared ? ["previous", "change"] : []), ...(hasVisitors ? ["visitors"] : [])];
  return {
    people: {
      columns: [label.toLowerCase(), ...numbers, "share"],
      rows: rows.map((row) => [nameOf(row), ...counted(row), total > 0 ? percent(row.clicks, total) : null]),
    },
    files: {
      columns: [key, "name", ...numbers],
      rows: rows.map((row) => [row.value ?? none, nameOf(row), ...counted(row)]),
    },
  };
}

const CLICK_COLUMNS = ["country", "city", "referer", "device", "browser", "bot"] as const;

export function clicksTables({ rows }: ClickPage, zone: string): Tables {
  return {
    people: {
      columns: ["time", "link", ...CLICK_COLUMNS],
      rows: rows.map((click) => {
        const words = wordsOf(click, zone);
        return [localIso(click.clickedAt.getTime(), zone), words.linkId, ...CLICK_COLUMNS.map((key) => words[key])];
      }),
    },
    files: {
      columns: ["time", "linkId", "short_link", ...CLICK_COLUMNS],
      rows: rows.map((click) => [
        ...[click.clickedAt.toISOString(), click.linkId, click.link?.shortLink ?? linkName(click.linkId, click.link)],
        ...CLICK_COLUMNS.map((key) =>
          key === "bot" ? (click.bot ? "bot" : "human") : (click[key] ?? displayValue(key, null)),
        ),
      ]),
    },
  };
}

const WIDEST = 60;

function shown(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return count(cell);
  // No stored text can move the cursor or colour the terminal.
  const letters = [...tidyText(cell)];
  return letters.length > WIDEST ? `${letters.slice(0, WIDEST - 1).join("")}…` : letters.join("");
}

/** Columns of equal width, numbers at the right. */
export function drawn({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((cells) => cells.map(shown));
  const isNumber = columns.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === "number"));
  const widths = columns.map((_, at) => Math.max(...lines.map((cells) => [...(cells[at] ?? "")].length)));
  const pad = (text: string, at: number) => {
    const space = " ".repeat((widths[at] ?? 0) - [...text].length);
    return isNumber[at] ? `${space}${text}` : `${text}${space}`;
  };
  return lines.map((cells) => cells.map(pad).join("  ").trimEnd()).join("\n");
}
