"use client";

import { text } from "@/lib/text/live";
import { useLiveContext } from "./live-provider";

/** Switches the stream of new clicks on and off. */
export function LiveSwitch() {
  const { connection, switchOn, switchOff } = useLiveContext();
  const isOn = connection !== "off";
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      title={text.switchTitle}
      onClick={isOn ? switchOff : switchOn}
      className="flex h-8 items-center gap-2 rounded-full border border-line bg-surface px-3 font-medium text-muted hover:bg-raised hover:text-ink aria-checked:border-accent aria-checked:text-ink print:hidden"
    >
      <span className="relative grid size-2">
        {connection === "open" && (
          <span className="absolute inset-0 rounded-full bg-accent opacity-60 motion-safe:animate-ping" />
        )}
        <span className={`relative rounded-full ${connection === "open" ? "bg-accent" : "bg-strong-line"}`} />
      </span>
      {text.live}
    </button>
  );
}
