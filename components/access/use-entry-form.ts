"use client";

import { unstable_rethrow } from "next/navigation";
import { type SubmitEvent, useActionState, useState, useTransition } from "react";
import type { EntryState } from "@/lib/access/entry-state";
import { text } from "@/lib/text/ui";

type Action = (before: EntryState, form: FormData) => Promise<EntryState>;

const AWAY: NonNullable<EntryState> = {
  message: text.serverAway,
  errors: {},
  values: {},
};

/**
 * A form at the entrance. Before the page's script has run, the browser posts it by itself; afterwards what was typed
 * stays when it is refused, and the browser's time zone goes along.
 */
export function useEntryForm(action: Action) {
  const [posted, post] = useActionState(action, null);
  const [sent, setSent] = useState<EntryState>(null);
  const [pending, start] = useTransition();
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
    start(async () => {
      try {
        setSent(await action(null, form));
      } catch (error) {
        unstable_rethrow(error);
        setSent(AWAY);
      }
    });
  };
  return { state: sent ?? posted, pending, form: { action: post, onSubmit } };
}
