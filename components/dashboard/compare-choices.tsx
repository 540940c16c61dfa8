import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { LinkPending } from "@/components/ui/pending";
import { comparisonDates } from "@/lib/format";
import { comparisonOf } from "@/lib/question/codec/comparison";
import { withParam } from "@/lib/question/codec/write";
import { CONTROL_KEYS } from "@/lib/question/presets";
import { text } from "@/lib/text/ranges";
import { hrefTo, type View } from "./view";

type Kind = "previous" | "year";

function compared(params: URLSearchParams, kind: Kind | null, weekday: boolean): URLSearchParams {
  const next = withParam(params, "compare", kind);
  return kind && weekday ? withParam(next, "compareAlign", "weekday") : next;
}

function Choice({
  href,
  chosen,
  shortcut,
  label,
  children,
}: {
  href: string;
  chosen: boolean;
  shortcut: boolean;
  label: string;
  children?: ReactNode;
}) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={chosen ? "true" : undefined}
      aria-keyshortcuts={shortcut ? CONTROL_KEYS.compare : undefined}
      className="grid min-h-9 grid-cols-[1fr_auto] items-center gap-x-3 rounded-md px-2.5 py-1.5 hover:bg-raised aria-[current=true]:font-medium"
    >
      <LinkPending />
      {label}
      <span className="flex items-center gap-2">
        {shortcut && (
          <kbd aria-hidden className="font-sans text-muted text-xs max-sm:hidden">
            {CONTROL_KEYS.compare}
          </kbd>
        )}
        {chosen && <Check aria-hidden className="size-4 text-accent" />}
      </span>
      {children}
    </Link>
  );
}

/** No comparison, the period before or the year before, with their dates; by weekday or by date. */
export function CompareChoices({ view }: { view: View }) {
  const { comparison, range, zone, now } = view.filters;
  const kind = comparison?.kind ?? null;
  const weekday = view.params.get("compareAlign") === "weekday";
  const href = (to: Kind | null, by = weekday) => hrefTo(view.path, compared(view.params, to, by));
  return (
    <nav aria-label={text.compare.choices} className="grid p-1.5">
      <Choice href={href(null)} chosen={kind === null} shortcut={kind !== null} label={text.compare.no} />
      {(["previous", "year"] as const).map((entry) => {
        const span = comparisonOf({ kind: entry, start: null, end: null, weekday }, range, zone, now);
        return (
          <Choice
            key={entry}
            href={href(entry)}
            chosen={kind === entry}
            shortcut={entry === "previous" && kind === null}
            label={text.compare[entry]}
          >
            {span && (
              <span className="col-span-2 font-normal text-muted text-xs">{comparisonDates(view.filters, span)}</span>
            )}
          </Choice>
        );
      })}
      {(kind === "previous" || kind === "year") && (
        <div className="mt-1 border-line border-t pt-1">
          <Choice href={href(kind, !weekday)} chosen={weekday} shortcut={false} label={text.compare.matchWeekdays}>
            <span className="col-span-2 font-normal text-muted text-xs">
              {weekday ? text.compare.weekdaysOn : text.compare.weekdaysOff}
            </span>
          </Choice>
        </div>
      )}
    </nav>
  );
}
