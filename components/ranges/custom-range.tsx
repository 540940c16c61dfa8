"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type FormEvent, type RefObject, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ParamSelect } from "@/components/ui/param-select";
import { Pending } from "@/components/ui/pending";
import { KeptParams } from "@/components/ui/search-form";
import { rememberZone, useZones, zoneName } from "@/components/ui/zones";
import type { WeekStart } from "@/lib/base/week-start";
import { instantText } from "@/lib/question/codec/query-string";
import { DateField } from "./date-field";

const HOURS = Array.from({ length: 25 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);

/** An hour of the day, up to 24:00. A time between hours is offered only if it is the current one. */
function HourField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-9 rounded-lg border border-strong-line bg-surface px-2 tabular-nums"
    >
      {[...new Set([...HOURS, value])].sort().map((hour) => (
        <option key={hour}>{hour}</option>
      ))}
    </select>
  );
}

const Calendar = dynamic(() => import("./range-calendar").then((file) => file.RangeCalendar), {
  ssr: false,
  loading: () => <div className="h-[17.5rem] motion-safe:animate-pulse rounded-lg bg-raised" />,
});

const WHOLE_DAYS = { start: "00:00", end: "24:00" };

type Moment = { date: string; hour: string };

/** Exact instants, whatever the zone is later. The time zone library is loaded on demand. */
async function instant({ date, hour }: Moment, zone: string): Promise<string> {
  const { fromLocal } = await import("@/lib/base/time");
  const [hours = 0, minutes = 0] = hour.split(":").map(Number);
  return instantText(fromLocal(Date.parse(date) + (hours * 60 + minutes) * 60_000, zone));
}

/** Whether the surrounding popover has ever been open: until then nothing needs to load. */
function useOpened(element: RefObject<HTMLElement | null>): boolean {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const panel = element.current?.closest("[popover]");
    const open = () => setOpened(true);
    // It may have been opened before this script loaded.
    if (panel?.matches(":popover-open")) open();
    panel?.addEventListener("beforetoggle", open);
    return () => panel?.removeEventListener("beforetoggle", open);
  }, [element]);
  return opened;
}

/** Initial values of the custom range form: dates and hours in the time zone. */
export type CustomRangeProps = {
  path: string;
  kept: [name: string, value: string][];
  zone: string;
  weekStart: WeekStart;
  today: string;
  /** Dates as `2026-08-01`; empty for an unlimited end. */
  dates: { start: string; end: string };
  /** Hours as `09:00`, the end up to `24:00`; null for whole days. */
  hours: { start: string; end: string } | null;
};

/** Custom range: days from a calendar or typed, and hours. Before the script loads, a plain form with two dates. */
export function CustomRange({ path, kept, zone, weekStart, today, ...initial }: CustomRangeProps) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const opened = useOpened(form);
  const [dates, setDates] = useState(initial.dates);
  const [hours, setHours] = useState(initial.hours);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const params = new URLSearchParams(kept);
    // One selected day is a range of one day.
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
      <KeptParams params={kept} />
      {opened && <Calendar dates={dates} today={today} weekStart={weekStart} onChoose={setDates} />}
      <div className="grid grid-cols-2 gap-2">
        <DateField label="From" name="start" value={dates.start} onChange={(start) => setDates({ ...dates, start })} />
        <DateField label="To" name="end" optional value={dates.end} onChange={(end) => setDates({ ...dates, end })} />
        {hours && (
          <>
            <HourField label="From hour" value={hours.start} onChange={(start) => setHours({ ...hours, start })} />
            <HourField label="To hour" value={hours.end} onChange={(end) => setHours({ ...hours, end })} />
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
            Set hours
          </label>
        )}
        <Button type="submit" className="ml-auto">
          {hours ? "Apply hours" : "Apply days"}
        </Button>
      </div>
    </form>
  );
}

/** Chooses the time zone of the page. */
export function ZonePicker({ zone }: { zone: string }) {
  const zones = useZones(zone);
  return (
    <ParamSelect
      label="Time zone"
      name="timezone"
      value={zone}
      options={zones.map((name) => ({ value: name, label: zoneName(name) }))}
      // proxy.ts uses the last chosen time zone for URLs without one, unless the account has one.
      onChoose={rememberZone}
      className="w-40"
    />
  );
}
