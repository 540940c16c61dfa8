import { CircleCheck, TriangleAlert } from "lucide-react";
import { text } from "@/lib/text/health";
import type { HealthRow } from "./health-rows";

/** Every fact on a line with whether it is as it should be; `bad` are the lines that are not. */
export function FactList({ rows, bad }: { rows: HealthRow[]; bad: ReadonlySet<HealthRow> }) {
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
      {rows.map((row) => {
        const isBad = bad.has(row);
        return (
          <div
            key={row.label}
            className="grid grid-cols-[1.25rem_1fr] gap-x-3 gap-y-0.5 px-4 py-3 sm:grid-cols-[1.25rem_9rem_1fr]"
          >
            <dt className="col-span-2 grid grid-cols-subgrid items-start text-muted">
              {isBad ? (
                <TriangleAlert aria-hidden className="mt-0.5 size-4 text-warn" />
              ) : (
                <CircleCheck aria-hidden className="mt-0.5 size-4 text-accent" />
              )}
              {row.label}
            </dt>
            <dd className="max-sm:col-start-2">
              <span className={`font-medium tabular-nums ${isBad ? "text-warn" : ""}`}>
                {row.value}
                {isBad && <span className="sr-only"> {text.needsALook}</span>}
              </span>
              {row.note && <p className="text-muted">{row.note}</p>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
