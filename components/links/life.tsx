import { LifeLine, type LifeMark } from "@/components/charts/life-line";
import { ask } from "@/components/views/ask";
import { count, minute } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { DAY, HOUR, SLOT, slotOf } from "@/lib/base/time";
import { withoutScheme } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import type { AgeStep, Band, LinkDestination } from "@/lib/question/answer-types";
import type { Filters } from "@/lib/question/question";

const STEPS: Record<AgeStep, { ms: number; word: string }> = {
  quarterHour: { ms: SLOT, word: "quarter hour" },
  hour: { ms: HOUR, word: "hour" },
  day: { ms: DAY, word: "24 hours" },
  week: { ms: 7 * DAY, word: "7 days" },
};

/** Steps that show the shape of a life: of days, as it doesn't follow the calendar. */
function stepOf(length: number): AgeStep {
  if (length <= 6 * HOUR) return "quarterHour";
  if (length <= 3 * DAY) return "hour";
  return length <= 200 * DAY ? "day" : "week";
}

function bandWords({ of: { field, name }, links }: Band): string {
  const which = field === "tagId" ? `tagged “${cutText(name)}”` : `in the folder “${cutText(name)}”`;
  const newest = links >= 100 ? "newest " : "";
  return `Grey: the middle half of ${links} other ${newest}links ${which}, at the same time after their first click.`;
}

type Props = { filters: Filters; link: LinkSummary; first: Date; destinations: readonly LinkDestination[] };

/** Clicks since the first click, with what is usual for similar links and where the destination changed. */
export async function Life({ filters, link, first, destinations }: Props) {
  const { zone, now } = filters;
  const step = stepOf(now.getTime() - first.getTime());
  const { links } = await ask({ kind: "alignedSeries", ids: [link.id] }, { ...filters, granularity: step });
  const clicks = links.get(link.id) ?? [];
  // Other links are known by what they have in common, so the condition on this one goes.
  const band = await ask({ kind: "band", id: link.id, step, steps: clicks.length }, { ...filters, conditions: [] });
  const { ms, word } = STEPS[step];
  // Steps begin with the quarter hour of the first click.
  const start = slotOf(first) * SLOT;
  const name = (at: number) => minute(new Date(start + at * ms), zone);
  const steps = clicks.map((number, at) => {
    const [low, high] = [band?.low[at], band?.high[at]];
    const isUsual = low !== undefined && high !== undefined;
    return { label: name(at), clicks: number, text: count(number), band: isUsual ? { low, high } : null };
  });
  const length = clicks.length * ms;
  const marks = destinations.slice(1).flatMap(({ url, since }): LifeMark[] => {
    const at = (since.getTime() - start) / length;
    const label = `${minute(since, zone)}: to ${cutText(withoutScheme(url))}`;
    return at >= 0 && at <= 1 ? [{ at, label }] : [];
  });
  return (
    <div>
      <LifeLine
        label={`Clicks per ${word} since the first click`}
        steps={steps}
        marks={marks}
        from={name(0)}
        to="Now"
        top={(largest) => `${count(largest)} per ${word}`}
      />
      {(band || marks.length > 0) && (
        <p className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-muted text-xs">
          {band && <span>{bandWords(band)}</span>}
          {marks.length > 0 && <span>Dashed: the destination changed.</span>}
        </p>
      )}
    </div>
  );
}
