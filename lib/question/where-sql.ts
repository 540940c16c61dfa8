import { fold } from "@/lib/base/fold";
import { type Period, quarterOfWeek } from "@/lib/base/time";
import type { WeekStart } from "@/lib/base/week-start";
import { type ClickDimensionKey, FIELD_OF } from "@/lib/click/dimensions";
import { FIELDS } from "@/lib/click/fields";
import { botsSql, bucketOf, type Engine, type Selection } from "@/lib/click/selection";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Match, Plan, Span, Term, Test, TimeTerm } from "@/lib/question/plan";

export type ResolvedTerm = Exclude<Term, { kind: "link" }> | { kind: "ids"; negated: boolean; ids: string[] };

/** A plan ready to be queried. `periods` are the time zone's, if a term is about local time. */
export type ResolvedPlan = Omit<Plan, "terms"> & { terms: ResolvedTerm[][]; periods: Period[] };

/** A plan for an engine. Statements are the same for both, but for what the mirror needs to skip other links' clicks. */
export type EnginePlan = ResolvedPlan & { engine: Engine };

/** A column of `click`. The only identifier in SQL that comes from data. */
export const column = (key: ClickDimensionKey) => Prisma.raw(`"${FIELDS[FIELD_OF[key]].column}"`);

/** Separates link ids in one parameter. Dub's ids are alphanumeric; one that contains this gets its own parameter. */
export const UNIT_SEPARATOR = "\u001f";

/** Condition for the clicks of a plan within any of the spans. */
export function whereSql(plan: EnginePlan, spans: readonly Span[]): Prisma.Sql {
  const { bots } = plan;
  const terms = termsSql(plan);
  const parts = [anySql(spans.map(spanSql)), ...(bots === "include" ? [] : [botsSql(bots)]), ...(terms ? [terms] : [])];
  return Prisma.join(parts, " and ");
}

/** Condition for the clicks for which a plan's terms hold; null without any. */
export function termsSql({ terms, periods, engine }: EnginePlan): Prisma.Sql | null {
  if (terms.length === 0) return null;
  const groups = terms.map((group) => anySql(group.map((term) => termSql(term, periods))));
  const parts = engine === "mirror" ? [...terms.flatMap(bucketsSql), ...groups] : groups;
  // In one order, so that the same conditions are the same selection.
  return Prisma.join(
    parts
      .map(named)
      .toSorted(compareNamed)
      .map(({ sql }) => sql),
    " and ",
  );
}

const named = (sql: Prisma.Sql) => ({ sql, name: JSON.stringify([sql.text, sql.values]) });
type Named = ReturnType<typeof named>;
const compareNamed = (a: Named, b: Named) => (a.name < b.name ? -1 : 1);

/** A plan's clicks within a span. */
export const selectionOf = (plan: EnginePlan, { from, to }: Span): Selection => ({
  from,
  to,
  bots: plan.bots,
  where: termsSql(plan),
});

/** Buckets that are worth naming. */
const MOST_BUCKETS = 64;

/** The buckets of links that a group of terms asks for, if it is about few links only. */
function bucketsSql(group: ResolvedTerm[]): Prisma.Sql[] {
  const ids = group.map((term) => (term.kind === "stored" || term.negated ? null : namedLinks(term)));
  if (!ids.every((of) => of !== null)) return [];
  const buckets = [...new Set(ids.flat().map(bucketOf))].sort((a, b) => a - b);
  return buckets.length > 0 && buckets.length <= MOST_BUCKETS ? [Prisma.raw(`bucket in (${buckets.join(", ")})`)] : [];
}

/** The links that a term names; null if it is about something else. */
export function namedLinks(term: ResolvedTerm): string[] | null {
  if (term.kind === "time" || term.kind === "stored") return null;
  if (term.kind === "ids") return term.ids;
  const ids = term.anyOf.flatMap((test) => (test.key === "linkId" && "in" in test ? [test.in] : []));
  return ids.length === term.anyOf.length ? ids.flat() : null;
}

const anySql = (tests: Prisma.Sql[]) =>
  tests.length === 1 && tests[0] ? tests[0] : Prisma.sql`(${Prisma.join(tests, " or ")})`;

export function spanSql({ from, to }: Span): Prisma.Sql {
  const parts = [
    ...(from ? [Prisma.sql`clicked_at >= cast(${from.toISOString()} as timestamptz)`] : []),
    ...(to ? [Prisma.sql`clicked_at < cast(${to.toISOString()} as timestamptz)`] : []),
  ];
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, " and ")})` : Prisma.sql`true`;
}

function termSql(term: ResolvedTerm, periods: Period[]): Prisma.Sql {
  if (term.kind === "ids") return idsSql(term.ids, term.negated);
  if (term.kind === "time") return timeSql(term, periods);
  if (term.kind === "stored") return Prisma.sql`seq <= cast(${term.upTo} as bigint)`;
  return matchSql(term);
}

function matchSql({ negated, anyOf }: Match): Prisma.Sql {
  if (anyOf.length === 0) return negated ? Prisma.sql`true` : Prisma.sql`false`;
  return negated
    ? Prisma.sql`(${Prisma.join(anyOf.map(isNotSql), " and ")})`
    : Prisma.sql`(${Prisma.join(anyOf.map(isSql), " or ")})`;
}

function isSql(test: Test): Prisma.Sql {
  const name = column(test.key);
  if ("in" in test) return Prisma.sql`${name} in (${Prisma.join(valuesOf(test))})`;
  if ("endsWith" in test) return Prisma.sql`${name} like ${suffixPattern(test.endsWith)} escape '!'`;
  if ("contains" in test) return hasAny(name, [test.contains]);
  if ("named" in test) {
    const { length, md5 } = test.named;
    return Prisma.sql`(length(${name}) = ${length} and md5(${name}) = ${md5})`;
  }
  return Prisma.sql`${name} is null`;
}

/** A click without a value differs from any value: `null not in (…)` would drop it. */
function isNotSql(test: Test): Prisma.Sql {
  return "absent" in test
    ? Prisma.sql`${column(test.key)} is not null`
    : Prisma.sql`not coalesce(${isSql(test)}, false)`;
}

/** Whether text contains one of these parts, ignoring case and accents. */
export function hasAny(text: Prisma.Sql, parts: readonly string[]): Prisma.Sql {
  const tests = parts.map((part) => Prisma.sql`strpos(fold(${text}), ${fold(part)}) > 0`);
  return tests.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(tests, " or ")})`;
}

const valuesOf = ({ key, in: values }: Extract<Test, { in: string[] }>): (string | boolean)[] =>
  key === "bot" ? values.map((value) => value === "bot") : values;

const suffixPattern = (suffix: string): string => `%${suffix.replace(/[!%_]/g, "!$&")}`;

/** All ids are sent as one text: a statement has at most 65,535 parameters, and the engines bind arrays differently. */
function idsSql(ids: readonly string[], negated: boolean): Prisma.Sql {
  const odd = ids.filter((id) => id.includes(UNIT_SEPARATOR));
  const joined = ids.filter((id) => !id.includes(UNIT_SEPARATOR)).join(UNIT_SEPARATOR);
  const tests = [
    ...(odd.length > 0 ? [Prisma.sql`link_id in (${Prisma.join(odd)})`] : []),
    ...(joined === "" ? [] : [Prisma.sql`link_id in (select unnest(string_to_array(${joined}, ${UNIT_SEPARATOR})))`]),
  ];
  if (tests.length === 0) return negated ? Prisma.sql`true` : Prisma.sql`false`;
  return negated ? Prisma.sql`not ${anySql(tests)}` : anySql(tests);
}

/** Quarter hour of the week, from its first as 0, without division, in which the engines differ. */
export const quarterOfWeekSql = (periods: readonly Period[], weekStart: WeekStart = "monday"): Prisma.Sql =>
  Prisma.sql`((${localSlotSql(periods)} + ${Prisma.raw(String(quarterOfWeek(0, 0, weekStart)))}) % 672)`;

/** A slot in local time. Numbers are literals: they come from the calendar, not from outside. */
export function localSlotSql(periods: readonly Period[]): Prisma.Sql {
  const last = periods.at(-1)?.shift ?? 0;
  const branches = periods.slice(0, -1).map(({ shift }, at) => `when slot < ${periods[at + 1]?.slot} then ${shift}`);
  return Prisma.raw(branches.length > 0 ? `(slot + case ${branches.join(" ")} else ${last} end)` : `(slot + ${last})`);
}

function timeSql({ unit, negated, values }: TimeTerm, periods: Period[]): Prisma.Sql {
  const tests = values.map((value) =>
    unit === "hour"
      ? Prisma.sql`${localSlotSql(periods)} % 96 between ${Prisma.raw(`${value * 4} and ${value * 4 + 3}`)}`
      : Prisma.sql`${quarterOfWeekSql(periods)} between ${Prisma.raw(`${value * 96} and ${value * 96 + 95}`)}`,
  );
  return negated ? Prisma.sql`not (${Prisma.join(tests, " or ")})` : anySql(tests);
}
