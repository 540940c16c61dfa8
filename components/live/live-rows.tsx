import { Bot } from "lucide-react";
import Link from "next/link";
import { Flag } from "@/components/ui/flag";
import type { LiveRow } from "@/lib/live/row";
import { text } from "@/lib/text/live";

/** Clicks one by one, the newest first; the delay says how long the delivery took. */
export function LiveRows({ rows }: { rows: readonly LiveRow[] }) {
  return (
    <ol
      aria-label={text.newestClicks}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="max-h-72 divide-y divide-line overflow-y-auto border-line border-t"
    >
      {rows.map((row) => (
        <li
          key={row.seq}
          className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2 sm:grid-cols-[auto_minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
        >
          <time className="text-muted tabular-nums">{row.time}</time>
          <Link
            href={`/links/${encodeURIComponent(row.linkId)}`}
            prefetch={false}
            className="truncate font-medium hover:underline"
          >
            {row.link}
          </Link>
          <span className="order-last col-span-3 flex min-w-0 items-center gap-2 sm:order-none sm:col-span-1">
            <Flag country={row.country} />
            <span className="truncate">{row.place}</span>
            <span className="truncate text-muted sm:hidden">{row.referer}</span>
          </span>
          <span className="truncate text-muted max-sm:hidden">{row.referer}</span>
          <span className="flex min-w-0 items-center gap-1.5 text-muted max-sm:hidden">
            {row.bot && <Bot aria-label={text.bot} className="size-4 shrink-0" />}
            <span className="truncate">{row.device}</span>
          </span>
          <span title={text.onTheWay} className="text-right text-muted tabular-nums">
            +{row.delay}
          </span>
        </li>
      ))}
    </ol>
  );
}
