import { ChartLine, Funnel } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FilterBar } from "@/components/filters/filter-bar";
import { COMPARE_FORM, LINK_SORTS, LinkSearch, LinksTable } from "@/components/links/links-table";
import { Toolbar } from "@/components/ranges/toolbar";
import { Pager, pageCount, pageOf } from "@/components/ui/pager";
import { KeptParams } from "@/components/ui/search-form";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { isUncompared, noDataBefore, type View, viewOf } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { freeText } from "@/lib/base/clean";
import { answer } from "@/lib/question/answer";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withParam } from "@/lib/question/codec/write";
import { type Filters, question } from "@/lib/question/question";
import { comparisonDates, rangeWords } from "@/lib/question/words";

export const metadata: Metadata = { title: "Links" };

const PAGE_SIZE = 50;

const ROW_WORDS = {
  all: (total: string) => `${total} links`,
  part: (first: string, last: string, total: string) => `${first}–${last} of ${total} links`,
};

/** Opens the comparison of the ticked links, with the same range. */
function CompareForm({ view }: { view: View }) {
  const kept = ["q", "sort", "page", "linkId"].reduce((params, name) => withParam(params, name, null), view.params);
  return (
    <form id={COMPARE_FORM} action="/compare" className="ml-auto flex gap-2 print:hidden">
      <KeptParams params={kept} />
      <button
        type="submit"
        formAction="/links/filter"
        title="Select links first: shows all of them on the overview"
        className="flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised"
      >
        <Funnel aria-hidden className="size-4 text-muted" />
        Show
      </button>
      <button
        type="submit"
        title="Select links first: up to six in one chart"
        className="flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised"
      >
        <ChartLine aria-hidden className="size-4 text-muted" />
        Compare links
      </button>
    </form>
  );
}

const isFiltered = ({ conditions, anyOf, problems }: Filters): boolean =>
  conditions.length + anyOf.length + problems.length > 0;

/** The view with a comparison: the list always shows the change, by default from the previous period. */
function withComparison(view: View): View {
  const { params, filters, comparison } = view;
  if (comparison) return view;
  const previous = withParam(params, "compare", "previous");
  return viewOf({ ...view, filters: filtersFromParams(previous, filters.now, "links") });
}

export default async function Links({ searchParams }: PageProps) {
  const params = await pageParams(searchParams);
  const q = freeText(params.get("q")) ?? "";
  const sort = LINK_SORTS.find((name) => name === params.get("sort")) ?? "clicks";
  const number = pageOf(params);
  const scope = await requireViewer();
  const filters = filtersFromParams(params, new Date(), "links");
  const firstClick = await answer(question(scope, { kind: "firstClick" }));
  const view = viewOf({ path: "/links", params, filters, linkId: null, firstClick });
  const comparedView = withComparison(view);
  const compared = comparedView.filters;
  const page = await answer(question(scope, { kind: "links", q, sort, page: number, pageSize: PAGE_SIZE }, compared));
  const last = pageCount(page.total, PAGE_SIZE);
  if (number > last) redirect(hrefTo("/links", withParam(params, "page", String(last))));
  const sparklines = await answer(
    question(
      scope,
      { kind: "linkSeries", ids: page.rows.map(({ link }) => link.id) },
      { ...view.filters, comparison: null, granularity: null },
    ),
  );
  const range = rangeWords(view.filters);
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Links</h1>
          <p className="mt-0.5 text-muted">
            {compared.comparison
              ? `Clicks: ${range}, change from ${comparisonDates(compared, compared.comparison)}`
              : `Clicks: ${range}${isUncompared(comparedView) && firstClick ? `. ${noDataBefore(view)} to compare with.` : ""}`}
          </p>
        </div>
        <Toolbar view={view} withExport={false} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <LinkSearch view={view} />
        <FilterBar view={view} />
        <CompareForm view={view} />
      </div>
      {page.rows.length > 0 ? (
        <LinksTable view={view} page={page} sort={sort} sparklines={sparklines} />
      ) : (
        <p className="rounded-2xl border border-line bg-surface px-6 py-16 text-center text-muted">
          {q || isFiltered(view.filters)
            ? "No links match. Change the search or remove a filter."
            : "No links yet. A link appears here after its first event from Dub."}
        </p>
      )}
      {page.total > 0 && (
        <Pager
          page={number}
          pageSize={PAGE_SIZE}
          total={page.total}
          words={ROW_WORDS}
          hrefOf={(to) => hrefTo("/links", withParam(params, "page", String(to)))}
        />
      )}
    </div>
  );
}
