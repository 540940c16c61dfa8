"use client";

import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { text } from "@/lib/text/views";
import { NAME_LENGTH } from "@/lib/views/view";
import type { ChangeView, CurrentPage } from "./view-change";

/** Keeps the page as it stands: its filters, dates, zone and open tabs. */
export function SaveView({ current, change }: { current: CurrentPage; change: ChangeView }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await change("POST", null, { ...current, name, shared })) setName("");
  };
  return (
    <form onSubmit={save} className="grid shrink-0 gap-2.5 border-line border-b p-3">
      <div className="flex gap-2">
        <input
          data-autofocus
          type="text"
          aria-label={text.name}
          placeholder={text.placeholder}
          required
          maxLength={NAME_LENGTH}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="h-10 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3 placeholder:text-muted max-sm:text-base"
        />
        <Button type="submit" disabled={name.trim() === ""} className="disabled:cursor-not-allowed">
          {text.save}
        </Button>
      </div>
      <label className="flex w-fit items-center gap-2 text-muted">
        <input
          type="checkbox"
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
          className="size-4 accent-accent"
        />
        {text.share}
      </label>
    </form>
  );
}
