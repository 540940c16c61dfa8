import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { count } from "@/lib/format";

const LOOK = "flex h-9 items-center gap-1 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised";

/** How many pages there are; an empty list has one. */
export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** Which rows of how many, and the way to the others. Pages count from 1; `hrefOf` makes a page's address. */
export function Pager({
  page,
  pageSize,
  total,
  noun,
  hrefOf,
}: {
  page: number;
  pageSize: number;
  total: number;
  noun: string;
  hrefOf: (page: number) => string;
}) {
  const pages = pageCount(total, pageSize);
  if (pages === 1) return <p className="text-muted tabular-nums">{`${count(total)} ${noun}`}</p>;
  const first = (page - 1) * pageSize + 1;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted tabular-nums">
        {count(first)}–{count(Math.min(total, page * pageSize))} of {count(total)} {noun}
      </p>
      <div className="flex gap-2">
        {page > 1 && (
          <Link href={hrefOf(page - 1)} prefetch={false} rel="prev" className={LOOK}>
            <ChevronLeft aria-hidden className="size-4" />
            Previous
          </Link>
        )}
        {page < pages && (
          <Link href={hrefOf(page + 1)} prefetch={false} rel="next" className={LOOK}>
            Next
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}
