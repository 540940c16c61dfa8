import { ArrowLeft } from "lucide-react";
import { HiddenTable } from "@/components/charts/hidden-table";
import { Legend } from "@/components/charts/legend";
import { frameOf, isOnMap, pointOf } from "@/components/charts/world";
import { WorldMap } from "@/components/charts/world-map";
import { Card, Skeleton } from "@/components/ui/card";
import { commonEnds } from "@/components/ui/common-ends";
import { ACCENT, SamePageLink } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import { figureQuery, mayFilter, type View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import { clicksWords, compact, count, percent } from "@/lib/base/format";
import { growingShades, shadeOf } from "@/lib/base/shades";
import type { Breakdown, BreakdownRow } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withoutParam, withParam, withValue } from "@/lib/question/codec/write";
import { displayValue } from "@/lib/question/words";
import { BreakdownList, breakdownItems } from "./breakdown-card";
import { listHref } from "./list";

const ROWS = 8;

async function RegionList({ view, country }: { view: View; country: string }) {
  const { rows, rowCount, total } = await ask(
    { kind: "breakdown", key: "region", rows: { limit: ROWS }, facet: true },
    view.filters,
  );
  if (rows.length === 0) return <p className="text-center text-muted">No clicks in this range.</p>;
  // The card's head names the country.
  const ending = `, ${displayValue("country", country)}`;
  const items = breakdownItems(view, "region", rows).map((item) => ({
    ...item,
    text: item.text.endsWith(ending) ? item.text.slice(0, -ending.length) : item.text,
  }));
  const regions = { ...view, params: withParam(view.params, "places", "regions") };
  return (
    <section aria-label="Regions" className="min-w-0">
      <BreakdownList view={view} of="region" items={items} total={total} />
      {rowCount > ROWS && (
        <SamePageLink href={listHref(regions, { card: "places" })} className={`ml-4 ${ACCENT}`}>
          {`Show all ${count(rowCount)} regions`}
        </SamePageLink>
      )}
    </section>
  );
}

/** The country in the URL, if there is exactly one. */
function countryOf({ filters }: View): string | null {
  const [condition, ...more] = filters.conditions.filter(({ field }) => field === "country");
  if (!condition || more.length > 0 || condition.op !== "is" || condition.values.length !== 1) return null;
  return condition.values[0]?.toUpperCase() ?? null;
}

const hrefOf = (view: View, { value }: BreakdownRow) => hrefTo(view.path, withValue(view.params, "country", value));

/** Countries without a place on the map, and unknown ones. */
function Elsewhere({ view, rows }: { view: View; rows: BreakdownRow[] }) {
  if (rows.length === 0) return null;
  return (
    <p className="flex min-w-0 flex-wrap gap-x-1.5 text-muted text-xs">
      Not on the map:
      {rows.map((row) => (
        <SamePageLink
          key={row.value}
          {...(mayFilter(view) && { href: hrefOf(view, row) })}
          className="rounded [&[href]]:hover:text-ink [&[href]]:hover:underline"
        >
          {displayValue("country", row.value)} <span className="tabular-nums">{count(row.clicks)}</span>
        </SamePageLink>
      ))}
    </p>
  );
}

/** More aren't listed below the map: the list of countries has them. */
const MOST_ELSEWHERE = 6;

function Table({ rows, total }: Breakdown) {
  const compared = rows.some(({ previous }) => previous !== undefined);
  const heads = ["Country", "Clicks", "Share", ...(compared ? ["Before"] : [])];
  const cells = rows.map(({ value, clicks, previous }) => {
    const before = compared ? [count(previous ?? 0)] : [];
    return {
      id: value ?? "",
      cells: [displayValue("country", value), count(clicks), percent(clicks, total), ...before],
    };
  });
  return <HiddenTable caption="Clicks by country" heads={heads} rows={cells} />;
}

async function Content({ view, country }: { view: View; country: string | null }) {
  const breakdown = await ask({ kind: "breakdown", key: "country" }, view.filters);
  const { rows, total } = breakdown;
  const shown = rows.filter((row) => isOnMap(row.value));
  const shades = growingShades(Math.max(0, ...shown.map(({ clicks }) => clicks)));
  const { rest, ...ends } = commonEnds(shown.map((row) => hrefOf(view, row)));
  const countries = shown.map((row, index) => ({
    code: row.value ?? "",
    name: `${displayValue("country", row.value)}: ${clicksWords(row.clicks, total, row.previous)}`,
    shade: shadeOf(row.clicks, shades),
    ...(mayFilter(view) && { href: rest[index] ?? "" }),
    ...pointOf(row.value ?? ""),
  }));
  return (
    <div data-numbers className="flex flex-1 flex-col justify-between gap-4 p-4">
      <div className={`my-auto ${country ? "grid items-center gap-4 sm:grid-cols-2" : ""}`}>
        <WorldMap label="Clicks by country" countries={countries} ends={ends} frame={frameOf(country)} />
        {country && <RegionList view={view} country={country} />}
      </div>
      {!country && (
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <Legend starts={shades.map(compact)} lost={shown.some(({ clicks }) => clicks === 0)} />
          <Elsewhere view={view} rows={rows.filter((row) => !isOnMap(row.value)).slice(0, MOST_ELSEWHERE)} />
        </div>
      )}
      <Table {...breakdown} />
    </div>
  );
}

/** Clicks by country on a map; of a single country its regions. */
export function MapCard({ view }: { view: View }) {
  const country = countryOf(view);
  return (
    <Card
      label="Map"
      fallback={<Skeleton label="Loading the map" className="m-4 aspect-2/1" />}
      head={
        <div className="flex min-w-0 items-center gap-2">
          <h2 className="truncate py-3.5 font-semibold">{country ? displayValue("country", country) : "World"}</h2>
          {country && (
            <SamePageLink
              href={hrefTo(view.path, ["country", "region", "city"].reduce(withoutParam, view.params))}
              className="flex h-9 items-center gap-1.5 rounded-lg px-2.5 text-muted hover:bg-raised hover:text-ink"
            >
              <ArrowLeft aria-hidden className="size-4" />
              World
            </SamePageLink>
          )}
        </div>
      }
      actions={!view.shared && <WhyButton of="Map" query={figureQuery(view, "countries")} />}
    >
      <Content view={view} country={country} />
    </Card>
  );
}
