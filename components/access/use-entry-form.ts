"use client";

import { type SubmitEvent, useState } from "react";
import { text } from "@/components/ui/text";

/** What a form at the entrance shows after it was refused. */
type Refusal = {
  /** Concerns the whole form. */
  message?: string | undefined;
  /** By the name of the field. */
  errors: Record<string, string>;
};

type Answer = { location?: string; error?: { message: string }; errors?: Record<string, string> };

async function send(address: string, form: FormData): Promise<Answer> {
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: form });
  return (await response.json()) as Answer;
}

/**
 * A form at the entrance. Before the page's script has run, the browser posts it by itself; afterwards what was typed
 * stays when it is refused, and the browser's time zone goes along.
 */
export function useEntryForm(address: string) {
  const [refusal, setRefusal] = useState<Refusal>({ errors: {} });
  const [pending, setPending] = useState(false);
  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
    setPending(true);
    const answer = await send(address, form).catch((): Answer => ({ error: { message: text.serverAway } }));
    if (answer.location !== undefined) {
      window.location.assign(answer.location);
      return;
    }
    const { errors = {}, error } = answer;
    setRefusal({ errors, message: Object.keys(errors).length > 0 ? undefined : error?.message });
    setPending(false);
  }
  return { refusal, pending, form: { action: address, method: "post", onSubmit } };
}
