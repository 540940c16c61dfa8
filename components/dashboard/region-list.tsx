import Link from "next/link";
import { requireViewer } from "@/lib/access/session";
import { count, displayValue } from "@/lib/format";
import { withParam } from "@/lib/query/address";
import { answerBreakdown } from "@/lib/query/answer/breakdown";
import { breakdownItems } from "./breakdown-items";
import { BreakdownList } from "./breakdown-list";
import { hrefTo, type View } from "./view";

const ROWS = 8;

/** The regions of the one country that is looked at. */
export async function RegionList({ view, country }: { view: View; country: string }) {
  const { rows, rowCount, total } = await answerBreakdown(await requireViewer(), view.filters, "region", {
    limit: ROWS,
  });
  if (rows.length === 0) return <p className="text-center text-muted">No clicks here in this range.</p>;
  // The head of the card says which country it is.
  const ending = `, ${displayValue("country", country)}`;
  const items = breakdownItems(view, "region", rows).map((item) => ({
    ...item,
    text: item.text.endsWith(ending) ? item.text.slice(0, -ending.length) : item.text,
  }));
  const all = withParam(withParam(view.params, "places", "regions"), "show", "places");
  return (
    <section aria-label="Regions" className="min-w-0">
      <BreakdownList items={items} total={total} />
      {rowCount > ROWS && (
        <Link
          href={hrefTo(view.path, all)}
          scroll={false}
          prefetch={false}
          className="ml-4 rounded-md font-medium text-accent hover:underline"
        >
          Show all {count(rowCount)} under Regions
        </Link>
      )}
    </section>
  );
}
