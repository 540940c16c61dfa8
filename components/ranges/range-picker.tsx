import { CalendarRange, ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { SamePageLink } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { KeyHint } from "@/components/ui/use-shortcut";
import type { View } from "@/components/views/view";
import { localIso } from "@/lib/base/time";
import { hrefTo } from "@/lib/question/codec/query-string";
import { isWholeDays, readRange, stepRange, withRange } from "@/lib/question/codec/range";
import { withoutParam } from "@/lib/question/codec/write";
import { CHOOSE_RANGE, CONTROL_KEYS, PRESETS, type Preset } from "@/lib/question/presets";
import { rangeDates, rangeWords } from "@/lib/question/words";
import { CustomRange, type CustomRangeProps, ZonePicker } from "./custom-range";

/** A phone has room for them in the panel only. */
const BESIDE = "hidden sm:grid";
const INSIDE = "grid h-9 sm:hidden";

const LOOK = "w-9 shrink-0 place-items-center text-muted";

/** The range of the page when the URL has none. */
const usualOf = ({ path }: View) => (path === "/compare" ? "all" : undefined);

/** A link to the previous or next range; disabled when there is none. */
function StepLink({ view, direction, show }: { view: View; direction: -1 | 1; show: string }) {
  const { range, zone, now } = view.filters;
  const stepped = stepRange(range, direction, view.filters, now);
  const [Icon, word, key, edge] =
    direction === -1
      ? [ChevronLeft, "Back", CONTROL_KEYS.back, "rounded-l-lg"]
      : [ChevronRight, "Forward", CONTROL_KEYS.forward, "rounded-r-lg"];
  if (!stepped) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a link that leads nowhere has no address
      // biome-ignore lint/a11y/useFocusableInteractive: nothing happens here
      <span role="link" aria-disabled="true" aria-label={word} className={`${show} ${LOOK} opacity-40`}>
        <Icon aria-hidden className="size-4" />
      </span>
    );
  }
  const name = `${word} to ${rangeWords({ range: stepped, zone })}`;
  return (
    <SamePageLink
      href={hrefTo(view.path, withRange(view.params, stepped, zone, usualOf(view)))}
      aria-label={name}
      aria-keyshortcuts={key}
      title={name}
      className={`${show} ${LOOK} ${edge} hover:bg-raised hover:text-ink`}
    >
      <Icon aria-hidden className="size-4" />
    </SamePageLink>
  );
}

function PresetLink({ view, preset: { interval, label, key } }: { view: View; preset: Preset }) {
  const { range, zone, now } = view.filters;
  const next = readRange({ interval, start: null, end: null }, view.filters, now);
  return (
    <SamePageLink
      href={hrefTo(view.path, withRange(view.params, next, zone, usualOf(view)))}
      aria-current={interval === range.interval ? "true" : undefined}
      aria-keyshortcuts={key ?? undefined}
      className="flex h-8 items-center justify-between gap-3 rounded-md px-2.5 hover:bg-raised aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent-strong max-sm:h-10"
    >
      {label}
      {key && <KeyHint>{key}</KeyHint>}
    </SamePageLink>
  );
}

/** Initial values of the form for the current range. */
export function customRange({ path, params, filters }: View): CustomRangeProps {
  const { range, zone, weekStart, now } = filters;
  const { from, to } = range;
  const kept = [...["interval", "granularity"].reduce(withoutParam, params)];
  const today = localIso(now.getTime(), zone).slice(0, 10);
  const [start, last] = [from, to].map((edge, index) => edge && localIso(edge.getTime() - index, zone));
  const dates = { start: start?.slice(0, 10) ?? "", end: last?.slice(0, 10) ?? (from ? today : "") };
  const edge = from ?? to;
  const isWhole = !edge || isWholeDays({ from: from ?? edge, to: to ?? edge }, zone);
  const end = to ? localIso(to.getTime(), zone).slice(11, 16) : "00:00";
  const hours = { start: start?.slice(11, 16) ?? "00:00", end: end === "00:00" ? "24:00" : end };
  return { path, kept, zone, weekStart, today, dates, hours: isWhole ? null : hours };
}

/** The range with links to the previous and next one. Its panel has named ranges, a calendar, and the time zone. */
export function RangePicker({ view }: { view: View }) {
  const { filters } = view;
  const words = rangeWords(filters);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      role="group"
      aria-label="Range"
      className="flex h-9 min-w-0 rounded-lg border border-line bg-surface max-sm:flex-1"
    >
      <StepLink view={view} direction={-1} show={BESIDE} />
      <Popover
        id="range"
        label={CHOOSE_RANGE}
        title={rangeDates(filters)}
        buttonClass="flex min-w-0 flex-1 items-center justify-center gap-2 rounded-lg border-line px-3 font-medium hover:bg-raised sm:rounded-none sm:border-x"
        panelClass="sm:w-[32.5rem]"
        button={
          <>
            <CalendarRange aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="truncate">
              <span className="sr-only">Range: </span>
              {words}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
          </>
        }
      >
        <div className="grid sm:grid-cols-[12rem_1fr]">
          <nav aria-label="Ranges" className="grid content-start p-1.5 sm:border-line sm:border-r">
            {PRESETS.map((group) => (
              <div key={group[0]?.interval} className="grid border-line py-1 not-first:border-t max-sm:grid-cols-2">
                {group.map((preset) => (
                  <PresetLink key={preset.interval} view={view} preset={preset} />
                ))}
              </div>
            ))}
          </nav>
          <div className="grid content-between gap-4 p-4 max-sm:border-line max-sm:border-t">
            <div className="flex justify-between sm:hidden">
              <StepLink view={view} direction={-1} show={INSIDE} />
              <StepLink view={view} direction={1} show={INSIDE} />
            </div>
            <CustomRange key={rangeDates(filters)} {...customRange(view)} />
            <div className="flex items-center justify-between gap-3 border-line border-t pt-3 text-muted">
              Time zone
              <ZonePicker zone={filters.zone} />
            </div>
          </div>
        </div>
      </Popover>
      <StepLink view={view} direction={1} show={BESIDE} />
    </div>
  );
}
