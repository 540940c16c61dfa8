import Link from "next/link";
import { LinkPending } from "@/components/ui/pending";
import { requireViewer } from "@/lib/access/session";
import { count, displayValue } from "@/lib/format";
import { answer } from "@/lib/question/answer";
import { withParam } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";
import { text } from "@/lib/text/cards";
import { breakdownItems } from "./breakdown-items";
import { BreakdownList } from "./breakdown-list";
import { listHref } from "./list";
import type { View } from "./view";

const ROWS = 8;

/** The regions of the one country that is looked at. */
export async function RegionList({ view, country }: { view: View; country: string }) {
  const { rows, rowCount, total } = await answer(
    question(
      await requireViewer(),
      {
        kind: "breakdown",
        key: "region",
        rows: {
          limit: ROWS,
        },
      },
      view.filters,
    ),
  );
  if (rows.length === 0) return <p className="text-center text-muted">{text.empty}</p>;
  // The head of the card says which country it is.
  const ending = `, ${displayValue("country", country)}`;
  const items = breakdownItems(view, "region", rows).map((item) => ({
    ...item,
    text: item.text.endsWith(ending) ? item.text.slice(0, -ending.length) : item.text,
  }));
  const regions = { ...view, params: withParam(view.params, "places", "regions") };
  return (
    <section aria-label={text.regions} className="min-w-0">
      <BreakdownList items={items} total={total} />
      {rowCount > ROWS && (
        <Link
          href={listHref(regions, { card: "places" })}
          scroll={false}
          prefetch={false}
          className="ml-4 rounded-md font-medium text-accent hover:underline"
        >
          {text.showAllRegions(count(rowCount))}
          <LinkPending />
        </Link>
      )}
    </section>
  );
}
