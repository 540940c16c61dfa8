"use client";

import { type ReactNode, type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Problem } from "@/components/ui/field";
import { SERVER_AWAY } from "@/components/ui/use-json";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";

type Errors = Record<string, string>;

type Answer = { location?: string; error?: { message: string }; errors?: Errors };

async function send(address: string, form: FormData): Promise<Answer> {
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: form });
  return (await response.json()) as Answer;
}

type FormProps = { action: string; button: string; busy: string; children: (errors: Errors) => ReactNode };

/** Works without a script. With one, the typed values stay after an error, and the time zone is sent. */
function EntryForm({ action, button, busy, children }: FormProps) {
  const [{ errors = {}, error }, setAnswer] = useState<Answer>({});
  const [pending, setPending] = useState(false);
  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
    // A token in the URL would be seen on a screenshot and in the history.
    if (form.has("token")) window.history.replaceState(null, "", window.location.pathname);
    setPending(true);
    const answer = await send(action, form).catch((): Answer => ({ error: { message: SERVER_AWAY } }));
    if (answer.location !== undefined) {
      window.location.assign(answer.location);
      return;
    }
    setAnswer(answer);
    setPending(false);
  }
  return (
    <form action={action} method="post" onSubmit={submit} className="grid gap-4">
      {children(errors)}
      <Problem>{Object.keys(errors).length > 0 ? null : error?.message}</Problem>
      <Button type="submit" disabled={pending}>
        {pending ? busy : button}
      </Button>
    </form>
  );
}

export function LoginForm({ next }: { next: string }) {
  return (
    <EntryForm action="/api/sign-in" button="Sign in" busy="Signing in…">
      {() => (
        <>
          <input type="hidden" name="next" value={next} />
          <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
          <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        </>
      )}
    </EntryForm>
  );
}

/** `token` comes from the URL. Unless it is rejected, there is no field for it. */
export function SetupForm({ token }: { token: string }) {
  return (
    <EntryForm action="/api/setup" button="Create account" busy="Setting up…">
      {(errors) => (
        <>
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
        </>
      )}
    </EntryForm>
  );
}
