import { Download } from "lucide-react";
import { Suspense } from "react";
import { IconLink } from "@/components/ui/button";
import { Card, SkeletonRows } from "@/components/ui/card";
import { Link, SamePageLink } from "@/components/ui/link";
import { exportHref, figureQuery, hrefTo, type View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import { requireViewer } from "@/lib/account/session";
import { count, percent } from "@/lib/base/format";
import { CARDS, type CardKey } from "@/lib/click/fields";
import { answer } from "@/lib/question/answer";
import { remainderOf } from "@/lib/question/answers";
import { withParam } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";
import { BreakdownList, breakdownItems } from "./breakdown-list";
import { Delta } from "./delta";
import { chosenTab, listHref, type Tab, tabsOf } from "./list";

const ROWS = 8;

async function Rows({ view, card, tab }: { view: View; card: CardKey; tab: Tab }) {
  const breakdown = await answer(
    question(await requireViewer(), { kind: "breakdown", key: tab.key, rows: { limit: ROWS } }, view.filters),
  );
  const { rows, rowCount, total } = breakdown;
  if (rows.length === 0)
    return <p className="grid min-h-40 flex-1 place-items-center p-6 text-muted">No clicks in this range.</p>;
  const rest = remainderOf(breakdown);
  return (
    <div data-numbers className="flex flex-1 flex-col lg:min-h-80">
      <BreakdownList items={breakdownItems(view, tab.key, rows)} total={total} />
      {rowCount > ROWS && (
        <div className="mt-auto flex items-center gap-2.5 border-line border-t px-4 py-2 text-muted">
          <SamePageLink
            href={listHref(view, { card })}
            className="flex-1 rounded-md font-medium text-accent hover:underline"
          >
            {`Show all ${count(rowCount)}`}
          </SamePageLink>
          <span className="tabular-nums">
            {`${count(rowCount - rows.length)} more: ${count(rest.clicks)} · ${percent(rest.clicks, total)}`}
            {rest.previous !== undefined && (
              <>
                {" · "}
                <Delta quiet now={rest.clicks} before={rest.previous} />
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
  const tabs = tabsOf(view, card);
  const tab = chosenTab(view, card);
  if (!tab) return null;
  const href = (entry: Tab) =>
    hrefTo(view.path, withParam(view.params, card, entry === tabs[0] ? null : entry.groupBy));
  return (
    <Card
      label={tab.label}
      head={
        <nav aria-label={CARDS[card]} className="flex min-w-0 gap-4 overflow-x-auto">
          {tabs.map((entry) => (
            <Link
              key={entry.key}
              href={href(entry)}
              scroll={false}
              aria-current={entry === tab ? "true" : undefined}
              className="whitespace-nowrap border-transparent border-b-2 py-3.5 text-muted hover:text-ink aria-[current=true]:border-accent aria-[current=true]:font-semibold aria-[current=true]:text-ink"
            >
              {entry.plural}
            </Link>
          ))}
        </nav>
      }
      actions={
        <>
          <WhyButton of={tab.plural} query={figureQuery(view, tab.groupBy)} />
          <IconLink
            icon={Download}
            label={`Download CSV: ${tab.plural}`}
            title="Download CSV"
            href={exportHref(view, `${tab.groupBy}.csv`)}
            download
          />
        </>
      }
    >
      <Suspense fallback={<SkeletonRows label={tab.plural} />}>
        <Rows view={view} card={card} tab={tab} />
      </Suspense>
    </Card>
  );
}
