import { HeatMap, type HeatRow, Legend } from "@/components/charts/heat-map";
import { Card, Skeleton } from "@/components/ui/card";
import { ask } from "@/components/views/ask";
import { figureQuery, type View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import { clicksWords, zoneLabel } from "@/lib/base/format";
import { evenShades, shadeOf } from "@/lib/base/shades";
import { WEEKDAYS } from "@/lib/click/dimensions";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withValue } from "@/lib/question/codec/write";
import { displayValue } from "@/lib/question/words";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

async function Content({ view }: { view: View }) {
  const { cells, previous } = await ask({ kind: "heatMap" }, view.filters);
  const total = sum(cells.flat());
  const shades = evenShades(Math.max(...cells.flat()));
  const words = (name: string, count: (of: number[][]) => number) =>
    `${name}: ${clicksWords(count(cells), total, previous && count(previous))}`;
  const hourName = (hour: number) => displayValue("hour", String(hour));
  const hourHref = (params: URLSearchParams, hour: number) => hrefTo(view.path, withValue(params, "hour", `${hour}`));
  const hours = HOURS.map((hour) => ({
    key: String(hour),
    label: String(hour).padStart(2, "0"),
    name: words(hourName(hour), (of) => sum(of.map((row) => row[hour] ?? 0))),
    href: hourHref(view.params, hour),
  }));
  const days = WEEKDAYS.map((weekday, day): HeatRow => {
    const name = displayValue("weekday", weekday);
    const params = withValue(view.params, "weekday", weekday);
    return {
      head: {
        key: weekday,
        label: name.slice(0, 3),
        name: words(name, (of) => sum(of[day] ?? [])),
        href: hrefTo(view.path, params),
      },
      cells: HOURS.map((hour) => ({
        key: String(hour),
        name: words(`${name}, ${hourName(hour)}`, (of) => of[day]?.[hour] ?? 0),
        shade: shadeOf(cells[day]?.[hour] ?? 0, shades),
        href: hourHref(params, hour),
      })),
    };
  });
  return (
    <div data-numbers className="flex flex-1 flex-col justify-between gap-4 p-4">
      <div className="grid flex-1">
        <HeatMap label="Clicks by hour and weekday" hours={hours} days={days} />
      </div>
      <Legend starts={shades} />
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
      actions={<WhyButton of="Hours and weekdays" query={figureQuery(view, "heatmap")} />}
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
