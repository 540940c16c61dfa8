import { comparisonDates, rangeDates, zoneLabel } from "@/lib/format";
import type { Series } from "@/lib/question/answers";
import type { Filters } from "@/lib/question/question";

function LineName({ color, children }: { color: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`h-0.5 w-4 rounded ${color}`} />
      {children}
    </span>
  );
}

/** Which dates are drawn, with a comparison by which line, and whose days they are. */
export function ChartCaption({ filters, series: { previous } }: { filters: Filters; series: Series }) {
  const { comparison, zone, now } = filters;
  const dates = rangeDates(filters);
  if (!comparison || !previous) {
    return (
      <p className="text-muted">
        {dates} <span aria-hidden>·</span> {zoneLabel(zone, now)}
      </p>
    );
  }
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-muted">
      <LineName color="bg-accent">{dates}</LineName>
      <LineName color="bg-strong-line">{comparisonDates(filters, comparison)}</LineName>
      <span>{zoneLabel(zone, now)}</span>
    </p>
  );
}
