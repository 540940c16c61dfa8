"use client";

import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Problem } from "@/components/ui/field";
import { SERVER_AWAY } from "@/components/ui/use-json";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";

type Refusal = { message?: string | undefined; errors: Record<string, string> };

type Answer = { location?: string; error?: { message: string }; errors?: Record<string, string> };

async function send(address: string, form: FormData): Promise<Answer> {
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: form });
  return (await response.json()) as Answer;
}

/** Works without a script. With one, the typed values stay after an error, and the time zone is sent. */
function useEntryForm(address: string) {
  const [refusal, setRefusal] = useState<Refusal>({ errors: {} });
  const [pending, setPending] = useState(false);
  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
    setPending(true);
    const answer = await send(address, form).catch((): Answer => ({ error: { message: SERVER_AWAY } }));
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

export function LoginForm({ next }: { next: string }) {
  const { refusal, pending, form } = useEntryForm("/api/sign-in");
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="next" value={next} />
      <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <Problem>{refusal.message}</Problem>
      <Button type="submit" disabled={pending}>
        {pending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

/** `token` comes from the URL. Unless it is rejected, there is no field for it. */
export function SetupForm({ token }: { token: string }) {
  const { refusal, pending, form } = useEntryForm("/api/setup");
  const { errors } = refusal;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    // Removes the token from the URL, where a screenshot or the history would show it.
    window.history.replaceState(null, "", window.location.pathname);
    void form.onSubmit(event);
  };
  return (
    <form {...form} onSubmit={onSubmit} className="grid gap-4">
      {token !== "" && !errors.token ? (
        <input type="hidden" name="token" value={token} />
      ) : (
        <Field
          label="Token"
          name="token"
          autoComplete="off"
          required
          hint="Printed when the server started."
          error={errors.token}
          defaultValue={token}
        />
      )}
      <Field label="Email" name="email" type="email" autoComplete="username" required error={errors.email} />
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
        label="Confirm password"
        name="repeat"
        type="password"
        autoComplete="new-password"
        required
        error={errors.repeat}
      />
      <Problem>{refusal.message}</Problem>
      <Button type="submit" disabled={pending}>
        {pending ? "Setting up…" : "Create account"}
      </Button>
    </form>
  );
}
