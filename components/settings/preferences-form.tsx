"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useEffect, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { Problem, SelectField } from "@/components/ui/field";
import { useChange } from "@/components/ui/use-json";
import { browserZone, rememberZone, useZones, zoneName } from "@/components/ui/zones";
import type { Bots } from "@/lib/base/bots";
import { WEEK_STARTS, weekStartName } from "@/lib/base/week-start";

const BOT_WORDS: Record<Bots, string> = { exclude: "Excluded", include: "Included", only: "Only bots" };

type Props = {
  /** The account's time zone; null: the browser's. */
  zone: string | null;
  weekStart: string;
  bots: Bots;
  /** Whether DEFAULT_BOTS sets it. */
  isBotsFixed: boolean;
  /** Whether the reader may change it: it is for everybody. */
  mayChangeBots: boolean;
};

/** What pages show when their URL doesn't say. */
export function PreferencesForm({ zone, weekStart, bots, isBotsFixed, mayChangeBots }: Props) {
  const router = useRouter();
  const { change, pending, problem } = useChange();
  const [isSaved, setSaved] = useState(false);
  const [own, setOwn] = useState("");
  useEffect(() => setOwn(browserZone()), []);
  const zones = useZones(zone);

  async function save(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setSaved(false);
    const form = new FormData(event.currentTarget);
    const chosen = String(form.get("zone"));
    const body = {
      zone: chosen || null,
      weekStart: form.get("weekStart"),
      ...(mayChangeBots && !isBotsFixed && { bots: form.get("bots") }),
    };
    if ((await change("PATCH", "/api/preferences", body)) === undefined) return;
    if (!chosen) rememberZone(browserZone());
    setSaved(true);
    // This page's URL still has the zone of before.
    router.replace("/settings", { scroll: false });
  }

  return (
    <form onSubmit={save} onChange={() => setSaved(false)} className="grid gap-4 p-4">
      <SelectField
        label="Time zone"
        name="zone"
        // Its options come later than it does.
        key={`${zone} ${zones.length}`}
        defaultValue={zone ?? ""}
        hint="Used on every page and device where you are signed in. A time zone in the URL wins."
      >
        <option value="">{own ? `Browser’s time zone (${zoneName(own)})` : "Browser’s time zone"}</option>
        {zones.map((name) => (
          <option key={name} value={name}>
            {zoneName(name)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Weeks start on"
        name="weekStart"
        key={weekStart}
        defaultValue={weekStart}
        hint="Decides what “This week” is, and where weeks begin in charts and calendars."
      >
        {WEEK_STARTS.map((day) => (
          <option key={day} value={day}>
            {weekStartName(day)}
          </option>
        ))}
      </SelectField>
      {mayChangeBots && (
        <SelectField
          label="Clicks by bots"
          name="bots"
          key={bots}
          defaultValue={bots}
          disabled={isBotsFixed}
          hint={
            isBotsFixed
              ? "Set by DEFAULT_BOTS in the server’s environment. Change it there."
              : "How pages open, for everyone who signs in. The API isn’t affected."
          }
        >
          {(["exclude", "include", ...(bots === "only" ? (["only"] as const) : [])] as const).map((choice) => (
            <option key={choice} value={choice}>
              {BOT_WORDS[choice]}
            </option>
          ))}
        </SelectField>
      )}
      <Problem>{problem}</Problem>
      <div className="flex items-center gap-3">
        <QuietButton type="submit" disabled={pending}>
          {pending ? "Saving…" : "Save preferences"}
        </QuietButton>
        <p role="status" className="text-muted">
          {isSaved && "Saved."}
        </p>
      </div>
    </form>
  );
}
