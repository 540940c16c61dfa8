import { ChevronLeft, ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { count } from "@/lib/base/format";

/** Style of a link to another page of a list. */
export const PAGE_LINK = "tool gap-1";

/** Number of pages; an empty list has one. */
export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** The page number in the URL, from 1; it may be too large. */
export function pageOf(params: URLSearchParams): number {
  return Math.max(1, Math.trunc(Number(params.get("page"))) || 1);
}

type PagerWords = { all: (total: string) => string; part: (first: string, last: string, total: string) => string };

type Props = { page: number; pageSize: number; total: number; words: PagerWords; hrefOf: (page: number) => string };

/** The range of rows shown, with links to other pages. Pages count from 1; `hrefOf` makes a page's URL. */
export function Pager({ page, pageSize, total, words, hrefOf }: Props) {
  const pages = pageCount(total, pageSize);
  if (pages === 1) return <p className="text-muted tabular-nums">{words.all(count(total))}</p>;
  const first = (page - 1) * pageSize + 1;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted tabular-nums">
        {words.part(count(first), count(Math.min(total, page * pageSize)), count(total))}
      </p>
      <div className="flex gap-2">
        {page > 1 && (
          <Link href={hrefOf(page - 1)} rel="prev" className={PAGE_LINK}>
            <ChevronLeft aria-hidden className="size-4" />
            Previous
          </Link>
        )}
        {page < pages && (
          <Link href={hrefOf(page + 1)} rel="next" className={PAGE_LINK}>
            Next
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}
