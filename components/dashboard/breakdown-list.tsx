import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { count, percent } from "@/lib/format";
import { text } from "@/lib/text/cards";
import type { BreakdownItem } from "./breakdown-items";
import { Delta } from "./delta";
import { RowIcon } from "./row-icon";
import { RowPending } from "./row-pending";

function Row({ item, total, largest }: { item: BreakdownItem; total: number; largest: number }) {
  return (
    <li className="relative flex min-w-0 items-center">
      <Link
        href={item.href}
        scroll={false}
        prefetch={false}
        title={item.title}
        className="relative flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 hover:bg-raised"
      >
        <span
          aria-hidden
          className="absolute inset-y-0.5 left-0 rounded-md bg-accent-soft"
          style={{ width: item.clicks === 0 ? 0 : `${Math.max(1, (item.clicks / largest) * 100)}%` }}
        />
        <RowPending />
        <span className="relative flex min-w-0 flex-1 items-center gap-2.5">
          <RowIcon dimension={item.dimension} value={item.value} country={item.country} text={item.text} />
          <span className={`truncate ${item.value === null ? "text-muted" : ""}`}>{item.text}</span>
          {item.note && (
            <span className="min-w-0 shrink-[99] truncate text-muted text-xs max-sm:hidden">{item.note}</span>
          )}
        </span>
        <span className="relative font-medium tabular-nums">{count(item.clicks)}</span>
        <span
          className={`relative w-12 text-right text-muted text-xs tabular-nums ${item.previous === null ? "" : "max-sm:hidden"}`}
        >
          {percent(item.clicks, total)}
        </span>
        {item.previous !== null && (
          <span className="relative w-13 text-right text-xs">
            <Delta quiet now={item.clicks} before={item.previous} />
          </span>
        )}
      </Link>
      {item.open && (
        <Link
          href={item.open}
          prefetch={false}
          aria-label={text.open(item.text)}
          title={text.openLink}
          className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink"
        >
          <ArrowUpRight aria-hidden className="size-4" />
        </Link>
      )}
    </li>
  );
}

/** Values with their clicks. Bars compare with the largest row, shares with all clicks, changes with the comparison. */
export function BreakdownList({ items, total }: { items: BreakdownItem[]; total: number }) {
  const largest = Math.max(1, ...items.map((item) => item.clicks));
  return (
    <ol className="grid grid-cols-1 gap-0.5 p-1.5">
      {items.map((item) => (
        <Row key={item.id} item={item} total={total} largest={largest} />
      ))}
    </ol>
  );
}
