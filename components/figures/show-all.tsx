import { Download } from "lucide-react";
import { Suspense } from "react";
import { SkeletonRows } from "@/components/ui/card";
import { Choices } from "@/components/ui/link";
import { Pager, pageCount } from "@/components/ui/pager";
import { RoutedPanel } from "@/components/ui/routed-panel";
import { ask } from "@/components/views/ask";
import { exportHref, type View } from "@/components/views/view";
import { inSentence } from "@/lib/click/dimensions";
import { hasOwn } from "@/lib/question/codec/facets";
import { BreakdownList, breakdownItems, noRows } from "./breakdown-card";
import { LIST_ORDERS, type List, type ListOrder, listHref } from "./list";
import { ListSearch } from "./list-search";

const PAGE_SIZE = 100;

const ORDER_WORDS: Record<ListOrder, string> = { clicks: "Clicks", change: "Gains", loss: "Losses", name: "Name" };

type Props = { view: View; list: List };

async function Rows({ view, list }: Props) {
  const { tab, find, by } = list;
  const rowsOf = (page: number) => {
    const offset = (page - 1) * PAGE_SIZE;
    const part = { search: find || null, only: null, order: LIST_ORDERS[by], limit: PAGE_SIZE, offset };
    return ask({ kind: "rows", key: tab.key, rows: part, facet: true }, view.filters);
  };
  const asked = await rowsOf(list.page);
  // A page past the end, such as after a filter, is the last.
  const page = Math.min(list.page, pageCount(asked.rowCount, PAGE_SIZE));
  const { rows, rowCount, total } = page === list.page ? asked : await rowsOf(page);
  if (rows.length === 0) return <p className="p-5 text-muted">{find ? `No results for “${find}”.` : noRows(view)}</p>;
  return (
    <div data-numbers className="pb-8">
      <BreakdownList view={view} of={tab.key} items={breakdownItems(view, tab.key, rows)} total={total} />
      <div className="px-5 pt-3">
        <Pager
          page={page}
          pageSize={PAGE_SIZE}
          total={rowCount}
          nouns={[inSentence(tab.label), inSentence(tab.plural)]}
          hrefOf={(number) => listHref(view, { ...list, page: number })}
        />
      </div>
    </div>
  );
}

function Orders({ view, list }: Props) {
  const orders = (Object.keys(LIST_ORDERS) as ListOrder[]).filter(
    (by) => LIST_ORDERS[by].by !== "change" || view.filters.comparison,
  );
  const choices = orders.map((by) => ({
    name: ORDER_WORDS[by],
    href: listHref(view, { ...list, by, page: 1 }),
    isCurrent: by === list.by,
  }));
  return <Choices replace label="Sort by" choices={choices} className="items-center gap-1" linkClass="px-2.5" />;
}

/** All rows of a card in a panel: search, sort and page through. */
export function ShowAll({ view, list }: Props) {
  const { card, tab, find } = list;
  return (
    <RoutedPanel title={tab.plural} of={`${card} ${tab.key}`} closeHref={listHref(view, {})}>
      <div className="grid gap-2 border-line border-b px-5 py-3">
        <ListSearch
          label={`Search in ${inSentence(tab.plural)}`}
          find={find}
          base={listHref(view, { ...list, find: "", page: 1 })}
        />
        <div className="-ml-2.5 flex items-center justify-between gap-3">
          <Orders view={view} list={list} />
          {!view.shared && (
            <a
              href={exportHref(view, `${tab.groupBy}.csv`, { facet: hasOwn(view.filters, tab.key) })}
              download
              className="-mr-2 flex h-9 items-center gap-2 rounded-lg px-2 text-muted hover:bg-raised hover:text-ink"
            >
              <Download aria-hidden className="size-4" />
              CSV
            </a>
          )}
        </div>
      </div>
      <Suspense fallback={<SkeletonRows label={tab.plural} />}>
        <Rows view={view} list={list} />
      </Suspense>
    </RoutedPanel>
  );
}
