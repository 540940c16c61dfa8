import { Card, SkeletonRows } from "@/components/ui/card";
import { commonEnds } from "@/components/ui/common-ends";
import { ACCENT, SamePageLink } from "@/components/ui/link";
import { rowSign } from "@/components/ui/row-sign";
import { ask } from "@/components/views/ask";
import { exportHref, figureQuery, linkHref, mayFilter, type View } from "@/components/views/view";
import { count, percent } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import type { DimensionKey } from "@/lib/click/dimensions";
import { CARDS, type CardKey } from "@/lib/click/fields";
import { linkName } from "@/lib/click/link-name";
import { type BreakdownRow, remainderOf } from "@/lib/question/answer-types";
import { choiceOf, hasOwn, withoutChoice, withoutOwn, withoutOwnParams } from "@/lib/question/codec/facets";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withCity, withoutParam, withParam, withValue } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { displayValue, inShort, toldApart } from "@/lib/question/words";
import { CardActions, CardTabs } from "./card-head";
import { changeOf, Delta, isNew, isUneven } from "./delta";
import { type FacetRow, FacetRows } from "./facet-rows";
import { chosenTab, listHref, type Tab, tabsOf } from "./list";

function countryOf(key: DimensionKey, row: BreakdownRow): string | null {
  if (key === "country") return row.value;
  if (key === "region") return /^([A-Z][A-Z0-9])-/.exec(row.value ?? "")?.[1] ?? null;
  return row.place?.country ?? null;
}

/** A row's text, and a secondary one such as a city's country. */
function textOf(key: DimensionKey, { name, value, link, place }: BreakdownRow): { text: string; note: string | null } {
  if (link) return { text: linkName(link.id, link), note: link.title };
  const text = name ?? displayValue(key, value);
  if (!place) return { text, note: null };
  return { text, note: place.region ? displayValue("region", place.region) : displayValue("country", place.country) };
}

/** The parameters with only this value chosen, or, if it is, with nothing chosen. */
function toggled(view: View, key: DimensionKey, row: BreakdownRow, choice: "is" | "isNot" | null): URLSearchParams {
  if (choice) return withoutChoice(view.params, key, row.value);
  const cleared = withoutOwnParams(view.params, key);
  if (!row.place) return withValue(cleared, key, row.value);
  return withCity(cleared, { ...row.place, city: row.value });
}

/** Shares of all clicks in a range by value, from 0 to 1. */
type Shares = ReadonlyMap<string | null, number>;

/**
 * A breakdown's rows with their texts and URLs. `choice`: how the filters treat the value; `usual`: its share without
 * filters.
 */
export function breakdownItems(view: View, dimension: DimensionKey, rows: BreakdownRow[], usual: Shares | null = null) {
  const worded = toldApart(rows.map((whole) => ({ whole, value: whole.value, ...textOf(dimension, whole) })));
  return worded.map(({ whole, text, note }) => {
    const row = whole.value === null ? whole : { ...whole, value: inShort(whole.value) };
    const choice = choiceOf(view.filters, dimension, row.value);
    return {
      dimension,
      value: row.value,
      place: row.place,
      text: cutText(text),
      note: note && cutText(note),
      title: [text, note].flatMap((part) => (part ? cutText(part) : [])).join(" · "),
      country: countryOf(dimension, row),
      color: row.color,
      clicks: row.clicks,
      previous: row.previous ?? null,
      isNew: isNew(row.link, view.filters),
      isUneven: isUneven(view.filters),
      href: hrefTo(view.path, toggled(view, dimension, row, choice)),
      choice,
      usual: usual?.get(whole.value) ?? null,
      open:
        row.link && !view.shared ? linkHref(row.link.id, ["linkId", "view"].reduce(withoutParam, view.params)) : null,
    };
  });
}

type BreakdownItem = ReturnType<typeof breakdownItems>[number];

/** Width of a bar: what has clicks is seen. */
const barWidth = (share: number): number => Math.round(Math.max(0.5, Math.min(1, share) * 100) * 100) / 100;

/** What is drawn of a row: only what it has, since pages have many. `href`: what is its own of the address, if it is one. */
function facetRow(item: BreakdownItem, total: number, href: string | null): FacetRow {
  const { value, place, text, note, choice, clicks, previous, usual, open } = item;
  return {
    value,
    text,
    sign: item.dimension === "tagId" && value !== null ? `#${item.color ?? ""}` : rowSign(item),
    clicks: count(clicks),
    share: percent(clicks, total),
    width: clicks === 0 ? 0 : barWidth(clicks / total),
    ...(href !== null && { href }),
    ...(note && { note }),
    ...(place && { place }),
    ...(choice && { choice }),
    ...(open && { open }),
    ...(usual !== null && { usual: { width: Math.min(100, usual * 100), share: percent(usual, 1) } }),
    ...(previous !== null && {
      change: changeOf({ now: clicks, before: previous, isNew: item.isNew, muted: item.isUneven }),
    }),
  };
}

type ListProps = { view: View; of: DimensionKey; items: BreakdownItem[]; total: number };

/** Values with their clicks. Bars and shares are of all clicks, changes from the comparison. */
export function BreakdownList({ view, of, items, total }: ListProps) {
  const { rest, ...ends } = commonEnds(items.map(({ href }) => href));
  const rows = items.map((item, index) => facetRow(item, total, mayFilter(view) ? (rest[index] ?? "") : null));
  return <FacetRows dimension={of} query={view.shared ? null : figureQuery(view, "")} ends={ends} rows={rows} />;
}

/** What a card says that has no rows. */
export const noRows = ({ shared }: View): string =>
  shared && shared.least > 0 ? `Nothing with ${shared.least} clicks or more.` : "No clicks in this range.";

const ROWS = 8;

const isFiltered = ({ conditions, anyOf }: Filters): boolean => conditions.length + anyOf.length > 0;

/** Shares of values among all clicks of the view's range, without its filters; null when there are none. */
async function usualShares(
  { filters, linkId }: View,
  key: DimensionKey,
  rows: readonly BreakdownRow[],
): Promise<Shares | null> {
  if (linkId || !isFiltered(filters) || rows.length === 0) return null;
  const everything = { ...filters, conditions: [], anyOf: [], comparison: null };
  const only = rows.map(({ value }) => value);
  const usual = await ask({ kind: "breakdown", key, rows: { only } }, everything);
  return new Map(usual.rows.map(({ value, clicks }) => [value, usual.total === 0 ? 0 : clicks / usual.total]));
}

/** Chosen values that are not among the first rows. */
async function moreChosen(view: View, key: DimensionKey, rows: readonly BreakdownRow[]): Promise<BreakdownRow[]> {
  const { filters } = view;
  const chosen = filters.conditions.filter(({ field, op }) => field === key && op === "is");
  const isListed = ({ value }: BreakdownRow) => rows.some((row) => row.value === value);
  if (key === "city" || chosen.length === 0) return [];
  const facet = withoutOwn(filters, key);
  const found = await ask({ kind: "breakdown", key }, { ...facet, conditions: [...facet.conditions, ...chosen] });
  return found.rows.filter((row) => !isListed(row) && choiceOf(filters, key, row.value) === "is");
}

async function Rows({ view, card, tab }: { view: View; card: CardKey; tab: Tab }) {
  const breakdown = await ask({ kind: "breakdown", key: tab.key, rows: { limit: ROWS }, facet: true }, view.filters);
  const { rowCount, total } = breakdown;
  const rows = [...breakdown.rows, ...(await moreChosen(view, tab.key, breakdown.rows))];
  const usual = tab.key === "city" ? null : await usualShares(view, tab.key, rows);
  if (rows.length === 0)
    return <p className="grid min-h-40 flex-1 place-items-center p-6 text-muted">{noRows(view)}</p>;
  const rest = remainderOf({ ...breakdown, rows });
  const sum = rows.reduce((clicks, row) => clicks + row.clicks, rest.clicks);
  return (
    <div data-numbers className="flex min-h-40 flex-1 flex-col">
      <BreakdownList view={view} of={tab.key} items={breakdownItems(view, tab.key, rows, usual)} total={total} />
      {sum > total && (
        <p className="px-4 pb-2 text-muted text-xs">
          A link can have several tags, so these shares add up to more than 100%.
        </p>
      )}
      {rowCount > ROWS && (
        <div className="mt-auto flex items-center gap-2.5 border-line border-t px-4 py-2 text-muted">
          <SamePageLink href={listHref(view, { card })} className={`flex-1 ${ACCENT}`}>
            {`Show all ${count(rowCount)}`}
          </SamePageLink>
          <span className="tabular-nums">
            {`${count(rowCount - rows.length)} more: ${count(rest.clicks)} · ${percent(rest.clicks, total)}`}
            {rest.previous !== undefined && (
              <>
                {" · "}
                <Delta quiet muted={isUneven(view.filters)} now={rest.clicks} before={rest.previous} />
              </>
            )}
          </span>
        </div>
      )}
    </div>
  );
}

/** One card: tabs for its dimensions, the rows of the chosen one, its download. */
export function BreakdownCard({ view, card }: { view: View; card: CardKey }) {
  const all = tabsOf(view, card);
  const tab = chosenTab(view, card);
  if (!tab) return null;
  const tabs = all.map((entry) => ({
    label: entry.plural,
    name: entry.tab ?? entry.plural,
    // A share link may open with another tab than the first.
    href: hrefTo(view.path, withParam(view.params, card, entry === all[0] && !view.shared ? null : entry.groupBy)),
    ...(entry === tab && { isCurrent: true }),
  }));
  const facet = hasOwn(view.filters, tab.key);
  return (
    <Card
      label={tab.label}
      fallback={<SkeletonRows label={tab.plural} />}
      head={<CardTabs label={CARDS[card]} isTitled={Boolean(tab.tab)} tabs={tabs} />}
      actions={
        !view.shared && (
          <CardActions
            of={tab.plural}
            query={figureQuery(view, tab.groupBy, facet)}
            download={exportHref(view, `${tab.groupBy}.csv`, { facet })}
          />
        )
      }
    >
      <Rows view={view} card={card} tab={tab} />
    </Card>
  );
}
