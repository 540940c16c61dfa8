import { Suspense } from "react";
import { chipsOf, chipWords } from "@/components/filters/filter-controls";
import { counted } from "@/components/ui/counted";
import { Link, TextLink } from "@/components/ui/link";
import { ask, readerScope } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import { namesIn } from "@/lib/api/about";
import type { Names } from "@/lib/api/why";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withRange } from "@/lib/question/codec/range";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withoutConditions, withoutPlaced, withParam, withValue } from "@/lib/question/codec/write";
import { ALL_TIME, type Filters, type Range } from "@/lib/question/question";
import { rangeDates } from "@/lib/question/words";

/** A change of the question that finds clicks. */
type WayOut = { words: string; clicks: number; href: string };

/** What the view would find with other parameters in its address. */
function filtersOf({ linkId, filters: { now } }: View, params: URLSearchParams): Filters {
  const own = linkId ? withValue(params, "linkId", linkId) : params;
  return { ...filtersFromParams(own, now, linkId ? "link" : "overview"), comparison: null };
}

/** The view without each of its filters that by itself empties it. */
async function withoutFilters(view: View, names: Names): Promise<WayOut[]> {
  const chips = chipsOf(view).map((places) => ({
    words: `Without “${chipWords(places, names)}”`,
    params: withoutPlaced(view.params, places),
  }));
  const bots = { words: "With clicks by bots", params: withParam(view.params, "bots", "include") };
  const changes = view.filters.bots === "exclude" ? [...chips, bots] : chips;
  const ways = await Promise.all(
    changes.map(async ({ words, params }) => {
      const { clicks } = await ask({ kind: "totals" }, filtersOf(view, params));
      return { words, clicks, href: hrefTo(view.path, params) };
    }),
  );
  return ways.filter(({ clicks }) => clicks > 0);
}

/** The nearest part of time with clicks, in steps of the chart over all time; null without any. */
async function nearestRange(view: View): Promise<WayOut | null> {
  const { filters } = view;
  const { from, to } = filters.range;
  if (!from) return null;
  const always = { ...filters, comparison: null, range: ALL_TIME, granularity: null };
  const { points } = await ask({ kind: "series" }, always);
  const steps = points.map((point, index) => ({ ...point, end: points[index + 1]?.start ?? filters.now.getTime() }));
  const distance = ({ start, end }: { start: number; end: number }) =>
    end <= from.getTime() ? from.getTime() - end : to ? start - to.getTime() : 0;
  const [nearest] = steps.filter(({ clicks }) => clicks > 0).sort((a, b) => distance(a) - distance(b));
  if (!nearest) return null;
  const range: Range = { interval: null, from: new Date(nearest.start), to: new Date(nearest.end) };
  return {
    words: rangeDates({ range, zone: filters.zone }),
    clicks: nearest.clicks,
    href: hrefTo(view.path, withRange(view.params, range, filters.zone)),
  };
}

async function WaysOut({ view }: { view: View }) {
  const names = await namesIn(await readerScope(), view.filters);
  const [wider, nearest] = await Promise.all([withoutFilters(view, names), nearestRange(view)]);
  const ways = nearest ? [...wider, { ...nearest, words: `Nearest clicks: ${nearest.words}` }] : wider;
  if (ways.length === 0 && chipsOf(view).length === 0)
    return <p className="text-muted">{view.linkId ? "This link has no clicks yet." : "There are no clicks yet."}</p>;
  if (ways.length === 0)
    return (
      <p className="text-muted">
        The filters together exclude every click, in any range.{" "}
        <TextLink href={hrefTo(view.path, withoutConditions(view.params))} scroll={false}>
          Remove all filters
        </TextLink>
      </p>
    );
  return (
    <ul className="grid w-full max-w-lg gap-1 text-left">
      {ways.map(({ words, clicks, href }) => (
        <li key={words}>
          <Link
            href={href}
            scroll={false}
            className="flex min-h-11 items-center justify-between gap-4 rounded-lg border border-line px-3 py-1.5 hover:bg-raised"
          >
            <span className="min-w-0 break-words font-medium">{words}</span>
            <span className="whitespace-nowrap text-muted tabular-nums">{counted(clicks, "click")}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What is gone while the question finds nothing. It is asked meanwhile, so that it never waits for the total. */
export const WITH_CLICKS = "[main:has([data-empty])_&]:hidden";

/** In place of all cards when the question finds nothing: which change would find clicks. */
export async function NoClicks({ view }: { view: View }) {
  const { filters } = view;
  const { clicks, previous, small } = await ask({ kind: "totals" }, filters);
  if (clicks > 0 || (previous?.clicks ?? 0) > 0 || small) return null;
  const isInvalid = filters.problems.length > 0;
  return (
    <section aria-label="No clicks" data-empty className="grid justify-items-center gap-4 px-6 py-12 text-center card">
      <h2 className="font-semibold text-base">
        {isInvalid ? "Nothing is shown while a part of the address isn’t valid" : `No clicks: ${rangeDates(filters)}`}
      </h2>
      {!isInvalid && !view.shared && (
        <Suspense fallback={<p className="text-muted">Looking for the nearest clicks</p>}>
          <WaysOut view={view} />
        </Suspense>
      )}
    </section>
  );
}
