import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { hrefTo } from "@/components/dashboard/view";
import { PAGE_LINK } from "@/components/ui/pager";
import { withParam } from "@/lib/question/codec/write";
import { text } from "@/lib/text/deliveries";

/** How many rows are shown, and the way to older ones and back to the newest. */
export function LedgerFoot({
  shown,
  older,
  params,
  isFirst,
}: {
  shown: number;
  older: string | null;
  params: URLSearchParams;
  isFirst: boolean;
}) {
  const to = (before: string | null) => {
    const next = withParam(params, "before", null);
    if (before !== null) next.set("before", before);
    return hrefTo("/deliveries", next);
  };
  const words = isFirst ? (older ? text.list.newestOnes : text.list.allOfThem) : text.list.olderOnes;
  return (
    <nav aria-label={text.list.pages} className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted tabular-nums">{words(shown)}</p>
      <div className="flex gap-2">
        {!isFirst && (
          <Link href={to(null)} prefetch={false} className={PAGE_LINK}>
            {text.list.newest}
          </Link>
        )}
        {older && (
          <Link href={to(older)} prefetch={false} rel="next" className={PAGE_LINK}>
            {text.list.older}
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}
