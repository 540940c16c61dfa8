import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { noDataBefore } from "@/components/figures/delta";
import { SelectionBar } from "@/components/links/link-selection";
import { LINK_SORTS, LinkSearch, LinkSorts, LinksTable } from "@/components/links/links-table";
import { QuestionBar } from "@/components/ranges/question-bar";
import { Nothing } from "@/components/ui/card";
import { Pager, pageCount, pageOf } from "@/components/ui/pager";
import { KeptParams } from "@/components/ui/search-form";
import { ask } from "@/components/views/ask";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { isUncompared, type View, viewOf } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { freeText } from "@/lib/base/clean";
import { questionOf } from "@/lib/question/codec/parameters";
import { hrefTo } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { MOST_COMPARED, withoutParam, withParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { comparisonDates, rangeWords } from "@/lib/question/words";

export const metadata: Metadata = { title: "Links" };

const PAGE_SIZE = 50;

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
  await requireViewer();
  const params = await pageParams(searchParams);
  const q = freeText(params.get("q")) ?? "";
  const sort = LINK_SORTS.find((name) => name === params.get("sort")) ?? "clicks";
  const number = pageOf(params);
  const filters = filtersFromParams(params, new Date(), "links");
  const view = viewOf({ path: "/links", params, filters, linkId: null, firstClick: await ask({ kind: "firstClick" }) });
  const comparedView = withComparison(view);
  const compared = comparedView.filters;
  const page = await ask({ kind: "links", q, sort, page: number, pageSize: PAGE_SIZE }, compared);
  const last = pageCount(page.total, PAGE_SIZE);
  if (number > last) redirect(hrefTo("/links", withParam(params, "page", String(last))));
  const ids = page.rows.map(({ link }) => link.id);
  const sparklines = await ask({ kind: "linkSeries", ids }, { ...view.filters, comparison: null, granularity: null });
  const range = rangeWords(view.filters);
  return (
    <div className="group/links flex flex-col gap-4 [&_tbody_:is(a,input)]:scroll-mb-32">
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">Links</h1>
        <p className="mt-0.5 text-muted">
          {compared.comparison
            ? `Clicks: ${range}, change from ${comparisonDates(compared, compared.comparison)}`
            : `Clicks: ${range}${isUncompared(comparedView) ? `. ${noDataBefore(view)} to compare with.` : ""}`}
        </p>
      </div>
      <QuestionBar view={view} withExport={false} />
      <div className="flex flex-wrap items-center gap-2">
        <LinkSearch view={view} />
        <LinkSorts view={view} sort={sort} />
      </div>
      {page.rows.length > 0 ? (
        <>
          <LinksTable view={view} page={page} sort={sort} sparklines={sparklines} />
          <SelectionBar key={ids.join()} most={MOST_COMPARED} isPart={last > 1}>
            <KeptParams params={withoutParam(questionOf(params, "/links"), "linkId")} />
          </SelectionBar>
        </>
      ) : (
        <Nothing>
          {q || isFiltered(view.filters)
            ? "No links match. Change the search or remove a filter."
            : "No links yet. A link appears here after its first event from Dub."}
        </Nothing>
      )}
      {page.total > 0 && (
        <Pager
          page={number}
          pageSize={PAGE_SIZE}
          total={page.total}
          nouns={["link", "links"]}
          hrefOf={(to) => hrefTo("/links", withParam(params, "page", String(to)))}
        />
      )}
    </div>
  );
}
