import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import NextLink from "next/link";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { AddLink, AllChosen } from "@/components/compare/add-link";
import { CompareChart } from "@/components/compare/compare-chart";
import { asCompared, CompareTable } from "@/components/compare/compare-table";
import { QuestionBar } from "@/components/ranges/question-bar";
import { Nothing, Skeleton } from "@/components/ui/card";
import { TextLink } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import { type PageProps, pageParams } from "@/components/views/page-params";
import type { View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import {
  comparedLinks,
  joinedLinks,
  MOST_COMPARED,
  ofLinks,
  withoutParam,
  withParam,
} from "@/lib/question/codec/write";
import { ALL_TIME, type Filters } from "@/lib/question/question";

export const metadata: Metadata = { title: "Compare links" };

/** Links are compared over their whole lives unless the URL has a range. */
const withRange = (params: URLSearchParams): URLSearchParams =>
  ["interval", "start", "end"].some((name) => params.has(name)) ? params : withParam(params, "interval", "all");

async function Comparison({ view, filters, ids }: { view: View; filters: Filters; ids: string[] }) {
  const [known, lifetimes, { rows }] = await Promise.all([
    ask({ kind: "labels", ids }),
    ask({ kind: "lifetimes", ids }, { ...filters, range: ALL_TIME }),
    ask({ kind: "breakdown", key: "linkId" }, ofLinks(filters, ids)),
  ]);
  const inRange = new Map(rows.map(({ value, clicks }) => [value, clicks]));
  const links = asCompared(ids, known, lifetimes, inRange);
  return (
    <>
      <CompareChart view={view} filters={filters} links={links} />
      <CompareTable view={view} links={links} />
      {filters.range.from && (
        <p className="text-muted">
          Clicks are counted in this range; first click, half-life and first day over the whole life.{" "}
          <TextLink href={hrefTo(view.path, withParam(view.params, "interval", "all"))}>Show all time</TextLink>
        </p>
      )}
    </>
  );
}

function Empty() {
  return (
    <Nothing>
      No links selected. Add up to {MOST_COMPARED} below, or select them in the{" "}
      <TextLink href="/links">links list</TextLink> and press Compare.
    </Nothing>
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
  const kept = ["linkId", "align", "q"].reduce(withoutParam, params);
  return (
    <div className="flex flex-col gap-4">
      <NextLink
        href={hrefTo("/links", kept)}
        className="flex w-fit items-center gap-1.5 rounded-md text-muted hover:text-ink print:hidden"
      >
        <ArrowLeft aria-hidden className="size-4" />
        All links
      </NextLink>
      <h1 className="font-semibold text-2xl tracking-tight">Compare links</h1>
      <QuestionBar view={view} total={all} withExport={false} withComparison={false} />
      {ids.length === 0 ? (
        <Empty />
      ) : (
        <Suspense fallback={<Skeleton label="Loading the comparison" className="h-[30rem]" />}>
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
