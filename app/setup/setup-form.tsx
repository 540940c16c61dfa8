"use client";

import type { SubmitEvent } from "react";
import { text } from "@/components/access/text";
import { useEntryForm } from "@/components/access/use-entry-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";

/** `token` comes from the address; as long as it is not refused there is nothing to ask about it. */
export function SetupForm({ token }: { token: string }) {
  const { refusal, pending, form } = useEntryForm("/api/setup");
  const { errors } = refusal;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    // The token does not stay where a screenshot or the history would show it.
    window.history.replaceState(null, "", window.location.pathname);
    void form.onSubmit(event);
  };
  return (
    <form {...form} onSubmit={onSubmit} className="grid gap-4">
      {token !== "" && !errors.token ? (
        <input type="hidden" name="token" value={token} />
      ) : (
        <Field
          label={text.setup.token}
          name="token"
          autoComplete="off"
          required
          hint={text.setup.tokenHint}
          error={errors.token}
          defaultValue={token}
        />
      )}
      <Field label={text.email} name="email" type="email" autoComplete="username" required error={errors.email} />
      <Field
        label={text.password}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
        hint={text.setup.atLeast(PASSWORD_LENGTH.min)}
        error={errors.password}
      />
      <Field
        label={text.setup.repeat}
        name="repeat"
        type="password"
        autoComplete="new-password"
        required
        error={errors.repeat}
      />
      <p role="alert" className="text-danger empty:hidden">
        {refusal.message}
      </p>
      <Button type="submit" disabled={pending}>
        {pending ? text.setup.pending : text.setup.submit}
      </Button>
    </form>
  );
}
