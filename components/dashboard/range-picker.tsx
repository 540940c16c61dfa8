import { ChevronDown } from "lucide-react";
import Link from "next/link";
import type { Interval } from "@/lib/query/filters";
import { hrefTo, type View } from "./view";

const CHOICES: { interval: Interval; label: string; name: string }[] = [
  { interval: "24h", label: "24h", name: "Last 24 hours" },
  { interval: "7d", label: "7d", name: "Last 7 days" },
  { interval: "30d", label: "30d", name: "Last 30 days" },
  { interval: "90d", label: "90d", name: "Last 90 days" },
  { interval: "1y", label: "12m", name: "Last 12 months" },
  { interval: "all", label: "All", name: "All time" },
];

/** The parameters a new range replaces; a granularity that suited the old one seldom suits the new. */
const RANGE_PARAMS = ["interval", "start", "end", "granularity", "page"];

function withoutRange(params: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams(params);
  for (const name of RANGE_PARAMS) kept.delete(name);
  return kept;
}

function DateInput({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <label className="grid gap-1 font-medium">
      {label}
      <input
        type="date"
        name={name}
        required
        defaultValue={value}
        className="h-9 rounded-lg border border-strong-line bg-surface px-2 font-normal"
      />
    </label>
  );
}

/** Presets as links, other days as a form: both work before any script has loaded. */
export function RangePicker({ view }: { view: View }) {
  const kept = withoutRange(view.params);
  const { interval } = view.filters.range;
  const dateOf = (name: string) => view.params.get(name)?.slice(0, 10) ?? "";
  return (
    <div className="flex items-center rounded-lg border border-line bg-surface p-0.5">
      <nav aria-label="Range" className="flex">
        {CHOICES.map((choice) => {
          const params = new URLSearchParams(kept);
          if (choice.interval !== "30d") params.set("interval", choice.interval);
          return (
            <Link
              key={choice.interval}
              href={hrefTo(view.path, params)}
              prefetch={false}
              title={choice.name}
              aria-label={choice.name}
              aria-current={choice.interval === interval ? "true" : undefined}
              className="grid h-8 place-items-center rounded-md px-2 text-muted tabular-nums hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink sm:px-2.5"
            >
              {choice.label}
            </Link>
          );
        })}
      </nav>
      <details className="relative">
        <summary
          aria-label="Other days"
          title="Other days"
          className={`flex h-8 list-none items-center gap-1 rounded-md px-2 hover:text-ink ${interval === null ? "bg-raised font-medium text-ink" : "text-muted"}`}
        >
          <ChevronDown aria-hidden className="size-4" />
        </summary>
        <form
          action={view.path}
          className="absolute right-0 z-10 mt-2 grid w-56 gap-3 rounded-xl border border-line bg-surface p-4 shadow-xl"
        >
          {[...kept].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <DateInput label="From" name="start" value={dateOf("start")} />
          <DateInput label="To" name="end" value={dateOf("end")} />
          <button type="submit" className="h-9 rounded-lg bg-accent font-medium text-on-accent hover:bg-accent-strong">
            Show these days
          </button>
        </form>
      </details>
    </div>
  );
}
