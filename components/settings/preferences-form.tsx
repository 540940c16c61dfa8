"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type SubmitEvent, useEffect, useId, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { Problem } from "@/components/ui/field";
import { remember } from "@/components/ui/remember";
import { useChange } from "@/components/ui/use-json";
import { browserZone, useZones, zoneName } from "@/components/ui/zones";
import type { Bots } from "@/lib/base/bots";

const BOT_WORDS: Record<Bots, string> = { exclude: "Excluded", include: "Included", only: "Only bots" };

type SelectProps = ComponentProps<"select"> & { label: string; hint: string };

function Select({ label, hint, ...select }: SelectProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select
        id={id}
        aria-describedby={`${id}-note`}
        className="h-10 w-full rounded-lg border border-strong-line bg-surface px-3 disabled:bg-raised sm:max-w-sm"
        {...select}
      />
      <p id={`${id}-note`} className="text-muted">
        {hint}
      </p>
    </div>
  );
}

type Props = {
  /** The account's time zone; null: the browser's. */
  zone: string | null;
  bots: Bots;
  /** Whether DEFAULT_BOTS sets it. */
  isBotsFixed: boolean;
};

/** What pages show when their URL doesn't say. */
export function PreferencesForm({ zone, bots, isBotsFixed }: Props) {
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
    const body = { zone: chosen || null, ...(!isBotsFixed && { bots: form.get("bots") }) };
    if ((await change("PATCH", "/api/preferences", body)) === undefined) return;
    if (!chosen) remember("footfall-zone", browserZone());
    setSaved(true);
    // This page's URL still has the zone of before.
    router.replace("/settings", { scroll: false });
  }

  return (
    <form onSubmit={save} onChange={() => setSaved(false)} className="grid gap-4 p-4">
      <Select
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
      </Select>
      <Select
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
      </Select>
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
