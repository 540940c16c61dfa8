import Link from "next/link";
import { LinkPending } from "@/components/ui/pending";
import { readRange, withRange } from "@/lib/question/codec/range";
import { PRESETS, type Preset } from "@/lib/question/presets";
import { text } from "@/lib/text/ranges";
import { hrefTo, type View } from "./view";

function PresetLink({ view, preset: { interval, label, key } }: { view: View; preset: Preset }) {
  const { range, zone, now } = view.filters;
  const next = readRange({ interval, start: null, end: null }, zone, now);
  return (
    <Link
      href={hrefTo(view.path, withRange(view.params, next, zone))}
      scroll={false}
      prefetch={false}
      aria-current={interval === range.interval ? "true" : undefined}
      aria-keyshortcuts={key ?? undefined}
      className="flex h-8 items-center justify-between gap-3 rounded-md px-2.5 hover:bg-raised aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent-strong max-sm:h-10"
    >
      <LinkPending />
      {label}
      {key && (
        <kbd aria-hidden className="font-sans text-muted text-xs max-sm:hidden">
          {key}
        </kbd>
      )}
    </Link>
  );
}

/** The ranges with a name, each a link. */
export function RangePresets({ view }: { view: View }) {
  return (
    <nav aria-label={text.ranges} className="grid content-start p-1.5 sm:border-line sm:border-r">
      {PRESETS.map((group) => (
        <div key={group[0]?.interval} className="grid border-line py-1 not-first:border-t max-sm:grid-cols-2">
          {group.map((preset) => (
            <PresetLink key={preset.interval} view={view} preset={preset} />
          ))}
        </div>
      ))}
    </nav>
  );
}
