"use client";

import { DayPicker } from "react-day-picker";
import type { WeekStart } from "@/lib/base/week-start";

type Dates = { start: string; end: string };

// The calendar uses days in the browser's zone; only their year, month and day are read.

const dayOf = (text: string): Date | undefined => (text === "" ? undefined : new Date(`${text}T00:00`));

const two = (number: number) => String(number).padStart(2, "0");
const textOf = (day: Date) => `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;

const NAV =
  "aria-disabled:opacity-40 grid size-8 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink [&_svg]:size-4 [&_svg]:fill-current";

const LOOK = {
  root: "relative",
  month: "grid gap-2",
  month_caption: "grid h-8 place-items-center font-medium",
  nav: "absolute inset-x-0 top-0 flex justify-between",
  button_previous: NAV,
  button_next: NAV,
  month_grid: "w-full border-collapse",
  weekday: "h-7 font-normal text-muted text-xs",
  day: "h-9 p-0 text-center",
  day_button: "size-full rounded-md tabular-nums hover:bg-raised",
  today: "font-semibold text-accent",
  outside: "text-muted",
  disabled: "opacity-40 [&_button]:hover:bg-transparent",
  range_start: "rounded-l-md bg-accent-soft [&_button]:bg-accent [&_button]:text-on-accent",
  range_end: "rounded-r-md bg-accent-soft [&_button]:bg-accent [&_button]:text-on-accent",
  range_middle: "bg-accent-soft text-accent-strong [&_button]:rounded-none",
};

/** As the calendar numbers days. */
const DAY_NUMBERS = { monday: 1, sunday: 0, saturday: 6 } as const satisfies Record<WeekStart, number>;

type Props = { dates: Dates; today: string; weekStart: WeekStart; onChoose: (dates: Dates) => void };

/** A month to select the first and last day in. Loaded when it is first shown. */
export function RangeCalendar({ dates, today, weekStart, onChoose }: Props) {
  const [from, to, now] = [dayOf(dates.start), dayOf(dates.end), dayOf(today) ?? new Date()];
  return (
    <DayPicker
      mode="range"
      resetOnSelect
      weekStartsOn={DAY_NUMBERS[weekStart]}
      fixedWeeks
      showOutsideDays
      today={now}
      defaultMonth={to ?? from ?? now}
      endMonth={now}
      disabled={{ after: now }}
      selected={{ from, to }}
      onSelect={(range) =>
        onChoose({ start: range?.from ? textOf(range.from) : "", end: range?.to ? textOf(range.to) : "" })
      }
      classNames={LOOK}
    />
  );
}
