"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Pending } from "@/components/ui/pending";
import { useOpened } from "@/components/ui/use-opened";
import { instantText } from "@/lib/question/codec/query-string";
import { text } from "@/lib/text/custom-range";
import type { CustomRangeProps } from "./custom-range-props";
import { DateField } from "./date-field";
import { HourField } from "./hour-field";

const Calendar = dynamic(() => import("./range-calendar").then((file) => file.RangeCalendar), {
  ssr: false,
  loading: () => <div className="h-[17.5rem] motion-safe:animate-pulse rounded-lg bg-raised" />,
});

const WHOLE_DAYS = { start: "00:00", end: "24:00" };

type Moment = { date: string; hour: string };

/** Exact, whatever the zone is later: the library that knows zones is loaded when it is needed. */
async function instant({ date, hour }: Moment, zone: string): Promise<string> {
  const { fromLocal } = await import("@/lib/time");
  const [hours = 0, minutes = 0] = hour.split(":").map(Number);
  return instantText(fromLocal(Date.parse(date) + (hours * 60 + minutes) * 60_000, zone));
}

/** Days of one's own, in a calendar or typed, and hours. Before the script has loaded it is a plain form of two dates. */
export function CustomRange({ path, kept, zone, today, ...initial }: CustomRangeProps) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const opened = useOpened(form);
  const [dates, setDates] = useState(initial.dates);
  const [hours, setHours] = useState(initial.hours);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const params = new URLSearchParams(kept);
    // One day chosen in the calendar is a range of one day.
    const edges = [
      { date: dates.start, hour: hours?.start ?? "" },
      { date: dates.end || dates.start, hour: hours?.end ?? "" },
    ].sort((a, b) => (a.date + a.hour < b.date + b.hour ? -1 : 1));
    const [start, end] = await Promise.all(edges.map((edge) => (hours ? instant(edge, zone) : edge.date)));
    params.set("start", start ?? "");
    params.set("end", end ?? "");
    startTransition(() => router.push(`${path}?${params}`, { scroll: false }));
  }

  return (
    <form ref={form} action={path} onSubmit={submit} className="grid content-start gap-3">
      {pending && <Pending />}
      {kept.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {opened && <Calendar dates={dates} today={today} onChoose={setDates} />}
      <div className="grid grid-cols-2 gap-2">
        <DateField
          label={text.from}
          name="start"
          value={dates.start}
          onChange={(start) => setDates({ ...dates, start })}
        />
        <DateField
          label={text.to}
          name="end"
          optional
          value={dates.end}
          onChange={(end) => setDates({ ...dates, end })}
        />
        {hours && (
          <>
            <HourField label={text.fromHour} value={hours.start} onChange={(start) => setHours({ ...hours, start })} />
            <HourField label={text.toHour} value={hours.end} onChange={(end) => setHours({ ...hours, end })} />
          </>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        {opened && (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={hours !== null}
              onChange={(event) => setHours(event.target.checked ? WHOLE_DAYS : null)}
            />
            {text.withHours}
          </label>
        )}
        <button
          type="submit"
          className="ml-auto h-9 rounded-lg bg-accent px-4 font-medium text-on-accent hover:bg-accent-strong"
        >
          {hours ? text.showHours : text.showDays}
        </button>
      </div>
    </form>
  );
}
