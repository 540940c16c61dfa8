"use client";

import type { SubmitEvent } from "react";
import { useEntryForm } from "@/components/access/use-entry-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { setUp } from "@/lib/access/actions";
import { PASSWORD_LENGTH } from "@/lib/access/password-length";

/** `token` comes from the address; when it is the right one there is nothing to ask about it. */
export function SetupForm({ token, isKnown }: { token: string; isKnown: boolean }) {
  const { state, pending, form } = useEntryForm(setUp);
  const { errors = {}, values = {} } = state ?? {};
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    // The token does not stay where a screenshot or the history would show it.
    window.history.replaceState(null, "", window.location.pathname);
    form.onSubmit(event);
  };
  return (
    <form action={form.action} onSubmit={onSubmit} className="grid gap-4">
      {isKnown && !errors.token ? (
        <input type="hidden" name="token" value={token} />
      ) : (
        <Field
          label="Token"
          name="token"
          autoComplete="off"
          required
          hint="It was printed when the server started."
          error={errors.token}
          defaultValue={values.token ?? token}
        />
      )}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        error={errors.email}
        defaultValue={values.email}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
        hint={`At least ${PASSWORD_LENGTH.min} characters.`}
        error={errors.password}
      />
      <Field
        label="Password again"
        name="repeat"
        type="password"
        autoComplete="new-password"
        required
        error={errors.repeat}
      />
      <p role="alert" className="text-danger empty:hidden">
        {state?.message}
      </p>
      <Button type="submit" disabled={pending}>
        {pending ? "Setting up…" : "Create the account"}
      </Button>
    </form>
  );
}
