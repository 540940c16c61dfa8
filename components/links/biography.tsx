import { type ReactNode, Suspense } from "react";
import { Skeleton } from "@/components/ui/card";
import { counted } from "@/components/ui/counted";
import { SamePageLink } from "@/components/ui/link";
import { PanelRoom } from "@/components/ui/panel-room";
import { ask } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import type { Bots } from "@/lib/base/bots";
import { ago, count, date, duration, minute, percent } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { startOfUnit } from "@/lib/base/time";
import type { LinkSummary } from "@/lib/click/links";
import {
  type BreakdownRow,
  type LinkLifetime,
  type SeriesPoint,
  type Totals,
  visitorCertainty,
} from "@/lib/question/answer-types";
import { hrefTo, queryString } from "@/lib/question/codec/query-string";
import { ofLinks, withoutConditions, withParam, withValue } from "@/lib/question/codec/write";
import { ALL_TIME, type Filters } from "@/lib/question/question";
import { displayValue } from "@/lib/question/words";
import { Changes } from "./destination-changes";
import { Life } from "./life";

/** All clicks of one link, by whom the view counts. */
function wholeLife({ zone, weekStart, bots, now }: Filters, id: string): Filters {
  const everything = { comparison: null, granularity: null, conditions: [], anyOf: [], problems: [] };
  return ofLinks({ ...everything, range: ALL_TIME, zone, weekStart, bots, now }, [id]);
}

function Fact({
  label,
  note,
  large = false,
  children,
}: {
  label: string;
  note?: string;
  large?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-muted">{label}</dt>
      <dd className={`leading-9 tabular-nums ${large ? "font-semibold text-[1.75rem] tracking-tight" : "font-medium"}`}>
        {children}
      </dd>
      {note && <dd className="text-muted text-xs">{note}</dd>}
    </div>
  );
}

function Visitors({ clicks, visitors, withheld }: Totals) {
  const certainty = visitorCertainty({ clicks, withheld });
  if (certainty === "unknown") {
    return (
      <Fact large label="Visitors" note="Most IP addresses are withheld">
        –
      </Fact>
    );
  }
  return (
    <Fact large label="Visitors">
      {certainty === "at least" && (
        <span className="mr-1.5 font-normal text-muted text-sm tracking-normal">{certainty}</span>
      )}
      {count(visitors)}
    </Fact>
  );
}

type FactsProps = {
  filters: Filters;
  totals: Totals;
  lifetime: LinkLifetime;
  last: Date;
  days: readonly SeriesPoint[];
  qr: number;
};

const CLICKS: Record<Bots, string> = { include: "Clicks in all", exclude: "Clicks by people", only: "Clicks by bots" };

function Facts({ filters: { zone, now, bots }, totals, lifetime, last, days, qr }: FactsProps) {
  const best = days.reduce((most, day) => (day.clicks > most.clicks ? day : most));
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4 @min-[68rem]:grid-cols-[repeat(7,auto)]">
      <Fact large label={CLICKS[bots]}>
        {count(totals.clicks)}
      </Fact>
      <Visitors {...totals} />
      <Fact label="First click" note={ago(lifetime.first, now)}>
        {date(lifetime.first, zone)}
      </Fact>
      <Fact label="Last click" note={ago(last, now)}>
        {date(last, zone)}
      </Fact>
      <Fact label="Best day" note={counted(best.clicks, "click")}>
        {date(new Date(best.start), zone)}
      </Fact>
      <Fact label="Half-life" note={totals.clicks > 1 ? "until half of all clicks" : "one click has none"}>
        {totals.clicks > 1 ? duration(lifetime.halfLife) : "–"}
      </Fact>
      <Fact label="By QR code" note={`${count(qr)} of ${count(totals.clicks)}`}>
        {percent(qr, totals.clicks)}
      </Fact>
    </dl>
  );
}

const RECENT = ["country", "referer", "device"] as const;

/** Who came in the last 30 days, or since when nobody does. */
async function Arrivals({ view, life, last }: { view: View; life: Filters; last: Date }) {
  const { zone, now } = life;
  const from = startOfUnit(now, "day", -29, zone);
  const recent: Filters = { ...life, range: { interval: "30d", from, to: startOfUnit(now, "day", 1, zone) } };
  const asked = RECENT.map((key) => ask({ kind: "breakdown", key, rows: { limit: 2 } }, recent));
  const found = await Promise.all(asked);
  const total = found[0]?.total ?? 0;
  if (total === 0) return <p className="text-muted">{`Nobody has come since ${minute(last, zone)}.`}</p>;
  const link = (key: (typeof RECENT)[number], { value }: BreakdownRow) =>
    hrefTo(view.path, withValue(withParam(withoutConditions(view.params), "interval", "30d"), key, value));
  const tops = RECENT.flatMap((key, at) => {
    const row = found[at]?.rows.find(({ value }) => key === "referer" || value !== null);
    return row ? [{ key, row }] : [];
  });
  return (
    <p className="flex flex-wrap items-center gap-x-4 text-muted">
      <span>{`In the last 30 days: ${counted(total, "click")}. Most often:`}</span>
      {tops.map(({ key, row }) => (
        <SamePageLink key={key} href={link(key, row)} className="min-w-0 truncate rounded py-1.5 hover:underline">
          <span className="text-ink">{cutText(displayValue(key, row.value))}</span>{" "}
          <span className="tabular-nums">{percent(row.clicks, total)}</span>
        </SamePageLink>
      ))}
    </p>
  );
}

async function Content({ view, link }: { view: View; link: LinkSummary }) {
  const life = wholeLife(view.filters, link.id);
  const newest = { kind: "clicks", limit: 1, before: null, after: null } as const;
  const [totals, lifetimes, days, triggers, { rows }, destinations] = await Promise.all([
    ask({ kind: "totals" }, life),
    ask({ kind: "lifetimes", ids: [link.id] }, life),
    ask({ kind: "series" }, { ...life, granularity: "day" }),
    ask({ kind: "breakdown", key: "trigger" }, life),
    ask(newest, life),
    ask({ kind: "destinations", id: link.id }),
  ]);
  const lifetime = lifetimes.get(link.id);
  const last = rows[0]?.clickedAt;
  const changes = <Changes destinations={destinations} zone={life.zone} />;
  if (!lifetime || !last)
    return (
      <>
        <p className="text-muted">{life.bots === "exclude" ? "No clicks by people yet." : "No clicks yet."}</p>
        {changes}
      </>
    );
  const qr = triggers.rows.find(({ value }) => value === "qr")?.clicks ?? 0;
  return (
    <>
      <Facts filters={life} totals={totals} lifetime={lifetime} last={last} days={days.points} qr={qr} />
      <Life filters={life} link={link} first={lifetime.first} destinations={destinations} />
      <Arrivals view={view} life={life} last={last} />
      {changes}
    </>
  );
}

/** Query string of the whole life, for the explanation of its numbers. */
function lifeQuery({ filters: { zone, bots } }: View, id: string): string {
  const params = new URLSearchParams({ interval: "all", timezone: zone, bots, groupBy: "count" });
  return queryString(withValue(params, "linkId", id));
}

/** A link from its first click until now, whatever the range is. */
export function Biography({ view, link }: { view: View; link: LinkSummary }) {
  return (
    <PanelRoom>
      <section aria-label="Since the first click" className="card relative min-w-0 p-4 sm:p-5">
        <div className="absolute top-2 right-2">
          <WhyButton of="Clicks since the first click" query={lifeQuery(view, link.id)} />
        </div>
        <h2 className="sr-only">Since the first click</h2>
        <div className="grid gap-4">
          <Suspense
            fallback={<Skeleton label="Loading the link’s life" className="h-[34rem] sm:h-[23rem] xl:h-[17.5rem]" />}
          >
            <Content view={view} link={link} />
          </Suspense>
        </div>
      </section>
    </PanelRoom>
  );
}
