import { type ReactNode, Suspense } from "react";
import { PreviewedClicks } from "@/components/charts/preview";
import { Badge } from "@/components/ui/badge";
import { Link, SamePageLink } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import { Promptly } from "@/components/views/promptly";
import { eventsHref, figureQuery, hasPart, isUncompared, type View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import { count } from "@/lib/base/format";
import { type Totals, visitorCertainty } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { pastOf } from "@/lib/question/codec/range";
import { withParam } from "@/lib/question/codec/write";
import { type Variation, variationOf } from "@/lib/question/variation";
import { CHART_HEIGHT, ClicksOverTime } from "./clicks-over-time";
import { Delta, isUneven, noDataBefore } from "./delta";

/** Whether a difference is normal, with the reason on hover. */
function VariationNote({ variation: { usual, margin, weeks } }: { variation: Variation }) {
  const reason = `Normal week-to-week variation is ±${count(margin)} clicks (95%, from the ${weeks} weeks before).`;
  return (
    <Badge tone="plain" title={reason}>
      {usual ? "within normal variation" : "unusual"}
      <span className="sr-only">{`. ${reason}`}</span>
    </Badge>
  );
}

type Tile = { of: "clicks" | "visitors" | "links"; label: string; meaning: string };

const TILES: readonly Tile[] = [
  { of: "clicks", label: "Clicks", meaning: "All clicks that match the filters" },
  { of: "visitors", label: "Visitors", meaning: "Unique visitors, recognised by a hash of IP address and browser" },
  { of: "links", label: "Links clicked", meaning: "Links with at least one matching click" },
];

/** Excluded clicks by bots. */
function BotClicks({ view, clicks }: { view: View; clicks: number }) {
  return (
    <SamePageLink
      href={hrefTo(view.path, withParam(view.params, "bots", "only"))}
      className="mt-1 block w-fit rounded text-muted hover:text-ink hover:underline"
    >{`+ ${count(clicks)} by bots`}</SamePageLink>
  );
}

type NumberTileProps = {
  tile: Tile;
  totals: Totals;
  /** Smaller numbers aren't told. */
  least: number;
  variation: Variation | null;
  muted: boolean;
  children: ReactNode;
};

function NumberTile({ tile: { of, label, meaning }, totals, least, variation, muted, children }: NumberTileProps) {
  const [now, before] = [totals[of], totals.previous?.[of]];
  const certainty = of === "visitors" ? visitorCertainty(totals) : "exact";
  const isLeast = certainty !== "exact";
  const isUnknown = certainty === "unknown";
  const isSmall = totals.small?.includes(of) ?? false;
  const [place, size] = of === "clicks" ? ["max-sm:col-span-2", "text-4xl"] : ["", "top-0.5 text-[1.75rem]"];
  return (
    <div className={`min-w-0 ${place}`}>
      <h2 title={meaning} className="truncate text-muted">
        {label}
      </h2>
      <p className={`relative mt-0.5 font-semibold tabular-nums leading-10 tracking-tight ${size}`}>
        {isLeast && !isUnknown && <span className="mr-1.5 font-normal text-base text-muted">at least</span>}
        {isSmall ? (
          <span className="font-normal text-base text-muted">
            {of === "clicks" ? `fewer than ${least}` : "not shown"}
          </span>
        ) : isUnknown ? (
          <span title="Unknown">
            <span aria-hidden>–</span>
            <span className="sr-only">unknown</span>
          </span>
        ) : (
          count(now)
        )}
      </p>
      {isLeast && (
        <p className="mt-1 text-muted">
          {`${count(totals.withheld)} ${totals.withheld === 1 ? "click" : "clicks"} without an IP address`}
        </p>
      )}
      {before !== undefined && !isLeast && !(of === "visitors" && totals.previous?.withheld) && (
        <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Delta now={now} before={before} muted={before === 0 || (muted && !variation)} variation={variation} />
          <span className="whitespace-nowrap text-muted tabular-nums">{`from ${count(before)}`}</span>
          {variation && <VariationNote variation={variation} />}
        </div>
      )}
      {children}
    </div>
  );
}

/** Whether the difference in clicks exceeds normal variation; null when that is unknown. */
function variationOfTotals({ filters }: View, { clicks, previous }: Totals, weeks: number[]): Variation | null {
  const { comparison, range, now } = filters;
  if (!previous || !comparison || !range.from) return null;
  const current = pastOf({ ...range, from: range.from }, now);
  return variationOf(clicks, previous.clicks, weeks, { current, previous: comparison });
}

const BOTS = { kind: "breakdown", key: "bot", rows: { only: ["bot"] } } as const;

async function tilesOf(view: View) {
  const { filters, linkId, shared } = view;
  const [totals, bots, weeks] = await Promise.all([
    ask({ kind: "totals" }, filters),
    filters.bots === "exclude" && !shared ? ask(BOTS, { ...filters, bots: "include", comparison: null }) : null,
    filters.comparison && !shared ? ask({ kind: "weeksBefore" }, filters) : [],
  ]);
  const variation = variationOfTotals(view, totals, weeks);
  // On a link's own page every click is on that link.
  const tiles = TILES.filter(({ of }) => of !== "links" || !linkId);
  return (
    <div data-numbers className="relative grid grid-cols-2 gap-x-6 gap-y-4 pr-8 sm:flex sm:gap-x-12">
      {!shared && (
        <div className="absolute -top-2 -right-2">
          <WhyButton of="Clicks, visitors and links" query={figureQuery(view, "count")} />
        </div>
      )}
      {tiles.map((tile) => (
        <NumberTile
          key={tile.of}
          tile={tile}
          totals={totals}
          least={shared?.least ?? 0}
          variation={tile.of === "clicks" ? variation : null}
          muted={isUneven(filters)}
        >
          {tile.of === "clicks" && (
            <>
              <PreviewedClicks />
              {totals.clicks > 0 && !shared && (
                <Link
                  href={eventsHref(view)}
                  className="mt-1 block w-fit rounded text-muted hover:text-ink hover:underline print:hidden"
                >
                  {totals.clicks === 1 ? "See this click" : "See these clicks"}
                </Link>
              )}
              {isUncompared(view) && <p className="mt-1 text-muted">{noDataBefore(view)}</p>}
              {bots?.rows[0] && <BotClicks view={view} clicks={bots.rows[0].clicks} />}
            </>
          )}
        </NumberTile>
      ))}
    </div>
  );
}

/** The totals' place while they are counted. */
function TilesSkeleton({ view }: { view: View }) {
  const height = view.comparison ? "h-53 sm:h-27.5" : "h-41 sm:h-21.5";
  return (
    <div role="status" className={`${height} motion-safe:animate-pulse`}>
      <span className="sr-only">Loading the totals</span>
      <div className="h-4 w-16 rounded bg-raised" />
      <div className="mt-2 h-9 w-40 rounded-lg bg-raised" />
    </div>
  );
}

/** The numbers everybody came for, and how they came about. */
export function ClicksCard({ view }: { view: View }) {
  return (
    <section aria-label="Clicks" className="card">
      <div className="px-4 pt-4 pb-3 sm:px-5 sm:pt-5">
        <Promptly fallback={<TilesSkeleton view={view} />}>{tilesOf(view)}</Promptly>
      </div>
      {hasPart(view, "chart") && (
        <Suspense
          fallback={
            <div role="status" className={`${CHART_HEIGHT} p-5`}>
              <span className="sr-only">Loading clicks over time</span>
            </div>
          }
        >
          <ClicksOverTime view={view} />
        </Suspense>
      )}
    </section>
  );
}
