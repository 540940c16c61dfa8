// biome-ignore-all lint/a11y/noRedundantRoles: browsers forget what a table is when it is laid out as a grid, and only a grid can stand on its side

"use client";

import { LinkField, Place } from "@/components/ui/link-field";
import { SHADES } from "./shades";

export type HeatDay = {
  /** As in addresses; null for all days. */
  key: string | null;
  label: string;
  name: string;
  words: string;
  /** Of each hour: its clicks, such as "12 clicks, 1.4%", and its shade. */
  hours: readonly string[];
  shades: readonly number[];
};

type HeatHour = { name: string; words: string };

/** Beginnings of addresses, to which the hour, the day or both are appended. */
type Starts = { hour: string; day: string; both: string };

const HeadLink = ({ label, name, href }: { label: string; name: string; href: string | undefined }) => (
  <Place href={href} aria-label={name} className="hour-name">
    {label}
  </Place>
);

type Props = {
  label: string;
  hours: readonly HeatHour[];
  days: readonly HeatDay[];
  /** Null where hours and days lead nowhere. */
  starts: Starts | null;
  /** The page itself. */
  here: string;
};

/** Days of 24 hours; on a phone the days are columns. */
export function HeatMap({ label, hours, days, starts, here }: Props) {
  const hourHref = (hour: number) => starts?.hour && `${starts.hour}hour=${hour}`;
  const dayHref = (day: string | null) => starts?.day && (day === null ? here : `${starts.day}weekday=${day}`);
  const cellHref = (day: string | null, hour: number) =>
    day === null ? hourHref(hour) : starts?.both && `${starts.both}weekday=${day}&hour=${hour}`;
  return (
    <LinkField>
      <table
        role="table"
        className={`${days.length === 1 ? "grid-cols-[1.75rem_1fr]" : "grid-cols-[1.75rem_repeat(7,minmax(0,1fr))]"} relative grid h-full w-full grid-flow-col grid-rows-[repeat(25,1.375rem)] gap-0.5 sm:grid-flow-row sm:grid-cols-[2.25rem_repeat(24,minmax(0,1fr))] sm:grid-rows-[1.25rem] sm:auto-rows-[minmax(1.75rem,1fr)]`}
      >
        <caption className="sr-only">{label}</caption>
        <thead role="rowgroup" className="contents">
          <tr role="row" className="contents">
            <td role="cell" />
            {hours.map(({ name, words }, hour) => (
              <th key={name} role="columnheader" scope="col" className="font-normal">
                <HeadLink label={String(hour).padStart(2, "0")} name={`${name}: ${words}`} href={hourHref(hour)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="week">
          {days.map((day) => (
            <tr key={day.key} role="row" className="contents">
              <th role="rowheader" scope="row" className="font-normal">
                <HeadLink label={day.label} name={`${day.name}: ${day.words}`} href={dayHref(day.key)} />
              </th>
              {day.hours.map((words, hour) => {
                const name = hours[hour]?.name ?? "";
                return (
                  <td key={name} role="cell">
                    <Place
                      href={cellHref(day.key, hour)}
                      aria-label={`${day.key === null ? name : `${day.name}, ${name}`}: ${words}`}
                      className={SHADES[day.shades[hour] ?? 0]}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </LinkField>
  );
}
