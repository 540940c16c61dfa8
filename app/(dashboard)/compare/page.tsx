import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import NextLink from "next/link";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { AddLink, AllChosen } from "@/components/compare/add-link";
import { CompareChart } from "@/components/compare/compare-chart";
import { asCompared, CompareTable } from "@/components/compare/compare-table";
import { FilterBar } from "@/components/filters/filter-bar";
import { Toolbar } from "@/components/ranges/toolbar";
import { Link } from "@/components/ui/link";
import { type PageProps, pageParams } from "@/components/views/page-params";
import type { View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { answer } from "@/lib/question/answer";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { comparedLinks, joinedLinks, MOST_COMPARED, withParam } from "@/lib/question/codec/write";
import { type Filters, question, type Range } from "@/lib/question/question";

export const metadata: Metadata = { title: "Compare links" };

const ALL_TIME: Range = { interval: "all", from: null, to: null };

/** Links are compared over their whole lives unless the URL has a range. */
const withRange = (params: URLSearchParams): URLSearchParams =>
  ["interval", "start", "end"].some((name) => params.has(name)) ? params : withParam(params, "interval", "all");

async function Comparison({ view, filters, ids }: { view: View; filters: Filters; ids: string[] }) {
  const scope = await requireViewer();
  const [known, lifetimes, inRange] = await Promise.all([
    answer(question(scope, { kind: "labels", ids })),
    answer(question(scope, { kind: "lifetimes", ids }, { ...filters, range: ALL_TIME })),
    answer(question(scope, { kind: "lifetimes", ids }, filters)),
  ]);
  const links = asCompared(ids, known, lifetimes, inRange);
  return (
    <>
      <CompareChart view={view} filters={filters} links={links} />
      <CompareTable view={view} links={links} />
      {filters.range.from && (
        <p className="text-muted">
          Clicks are counted in this range; first click, half-life and first day over the whole life.{" "}
          <Link
            href={hrefTo(view.path, withParam(view.params, "interval", "all"))}
            className="font-medium text-accent hover:underline"
          >
            Show all time
          </Link>
        </p>
      )}
    </>
  );
}

function Empty() {
  return (
    <p className="rounded-2xl border border-line bg-surface px-6 py-16 text-center text-muted">
      No links selected. Add up to {MOST_COMPARED} below, or select them in the{" "}
      <NextLink href="/links" className="font-medium text-accent hover:underline">
        links list
      </NextLink>{" "}
      and press Compare.
    </p>
  );
}

export default async function Compare({ searchParams }: PageProps) {
  await requireViewer();
  const params = await pageParams(searchParams);
  const joined = joinedLinks(params);
  if (joined) redirect(hrefTo("/compare", joined));
  // Links are compared with each other, not with themselves.
  const all = { ...filtersFromParams(withRange(params), new Date(), "compare"), comparison: null };
  const { ids: named, others: filters } = comparedLinks(all);
  const ids = named.slice(0, MOST_COMPARED);
  const view: View = { path: "/compare", params, filters, linkId: null, comparison: null, firstClick: null };
  const kept = ["linkId", "align", "q"].reduce((rest, name) => withParam(rest, name, null), params);
  return (
    <div className="grid grid-cols-1 gap-4">
      <NextLink
        href={hrefTo("/links", kept)}
        className="flex w-fit items-center gap-1.5 rounded-md text-muted hover:text-ink print:hidden"
      >
        <ArrowLeft aria-hidden className="size-4" />
        All links
      </NextLink>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">Compare links</h1>
        <Toolbar view={view} withExport={false} withComparison={false} />
      </div>
      <FilterBar view={view} />
      {ids.length === 0 ? (
        <Empty />
      ) : (
        <Suspense
          fallback={
            <div
              role="status"
              className="h-[30rem] rounded-2xl border border-line bg-surface motion-safe:animate-pulse"
            >
              <span className="sr-only">Loading the comparison</span>
            </div>
          }
        >
          <Comparison view={view} filters={filters} ids={ids} />
        </Suspense>
      )}
      {named.length >= MOST_COMPARED ? (
        <AllChosen named={named.length} />
      ) : (
        <AddLink view={view} filters={filters} ids={ids} />
      )}
    </div>
  );
}
