import { type HeatDay, HeatMap } from "@/components/charts/heat-map";
import { Legend } from "@/components/charts/legend";
import { Card, Skeleton } from "@/components/ui/card";
import { Choices } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import { figureQuery, hrefStart, mayFilter, type View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import { clicksWords, compact, count, zoneLabel } from "@/lib/base/format";
import { quantileShades, shadeOf } from "@/lib/base/shades";
import { shiftLocal } from "@/lib/base/time";
import { WEEKDAYS, weekdaysFrom } from "@/lib/click/dimensions";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { displayValue } from "@/lib/question/words";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

/** Ranges of less than seven days lack some weekdays. */
const isShort = ({ range: { from, to }, zone, now }: Filters): boolean =>
  from !== null && (to ?? now) < shiftLocal(from, { days: 7 }, zone);

/** Whether the view shows sums instead of medians. */
const isTotal = ({ params, filters }: View): boolean => params.get("week") === "total" || isShort(filters);

async function Content({ view }: { view: View }) {
  const { cells, median, previous } = await ask({ kind: "heatMap" }, view.filters);
  const total = sum(cells.flat());
  const medians = median.map((row) => row.map((clicks) => clicks ?? 0));
  // Medians of few clicks are all zero.
  const shown = isTotal(view) || sum(medians.flat()) === 0 ? cells : medians;
  const perHour = HOURS.map((hour) => sum(cells.map((row) => row[hour] ?? 0)));
  const short = isShort(view.filters);
  const shades = quantileShades(short ? perHour : shown.flat());
  const typically = (day: number, hour: number) =>
    shown === medians ? `, typically ${count(medians[day]?.[hour] ?? 0)}` : "";
  const words = (countIn: (of: number[][]) => number) =>
    clicksWords(countIn(cells), total, previous && countIn(previous));
  const hours = HOURS.map((hour) => ({
    name: displayValue("hour", String(hour)),
    words: words((of) => sum(of.map((row) => row[hour] ?? 0))),
  }));
  const allDays: HeatDay = {
    ...{ key: null, label: "All", name: "All days", words: words((of) => sum(of.flat())) },
    hours: hours.map((hour) => hour.words),
    shades: perHour.map((clicks) => shadeOf(clicks, shades)),
  };
  // What a share link opens with may be either.
  const usual = view.shared ? "median" : null;
  const weekHref = (week: "total" | null) => hrefTo(view.path, withParam(view.params, "week", week ?? usual));
  const days = weekdaysFrom(view.filters.weekStart).map((weekday): HeatDay => {
    const day = WEEKDAYS.indexOf(weekday);
    const name = displayValue("weekday", weekday);
    return {
      ...{ key: weekday, label: name.slice(0, 3), name, words: words((of) => sum(of[day] ?? [])) },
      hours: HOURS.map((hour) => `${words((of) => of[day]?.[hour] ?? 0)}${typically(day, hour)}`),
      shades: HOURS.map((hour) => shadeOf(shown[day]?.[hour] ?? 0, shades)),
    };
  });
  return (
    <div data-numbers className="flex flex-1 flex-col justify-between gap-4 p-4">
      <div className={short ? "" : "grid flex-1"}>
        <HeatMap
          label="Clicks by hour and weekday"
          hours={hours}
          days={short ? [allDays] : days}
          starts={
            mayFilter(view)
              ? {
                  hour: hrefStart(view, ["hour"]),
                  day: hrefStart(view, ["weekday"]),
                  both: hrefStart(view, ["weekday", "hour"]),
                }
              : null
          }
          here={hrefTo(view.path, view.params)}
        />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <Legend starts={shades.map(compact)} />
        {!short && (
          <Choices
            label="Clicks of the week"
            choices={[
              { name: "Typical week", href: weekHref(null), isCurrent: shown === medians },
              { name: "Total", href: weekHref("total"), isCurrent: shown === cells },
            ]}
          />
        )}
      </div>
    </div>
  );
}

/** Clicks by hour and weekday in the view's time zone. */
export function HeatMapCard({ view }: { view: View }) {
  const { zone, now } = view.filters;
  return (
    <Card
      label="Hours and weekdays"
      fallback={<Skeleton label="Loading hours and weekdays" className="m-4 h-64" />}
      actions={!view.shared && <WhyButton of="Hours and weekdays" query={figureQuery(view, "heatmap")} />}
      head={
        <h2 className="flex min-w-0 flex-wrap items-baseline gap-x-2 py-3.5 font-semibold">
          Hours and weekdays <span className="truncate font-normal text-muted">{zoneLabel(zone, now)}</span>
        </h2>
      }
    >
      <Content view={view} />
    </Card>
  );
}
