import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field, Problem } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { SERVER_AWAY } from "@/components/ui/server-away";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";
import { EntryScript } from "./entry-script";

type FormProps = { action: string; button: string; busy: string; children: ReactNode };

/** Works without a script, which improves it. */
function EntryForm({ action, button, busy, children }: FormProps) {
  return (
    <form action={action} method="post" className="grid gap-4">
      {children}
      <Problem />
      <Button type="submit" data-busy={busy}>
        {button}
      </Button>
      <EntryScript away={SERVER_AWAY} />
    </form>
  );
}

/** `sendsMail`: whether a forgotten password can be replaced by email. */
export function LoginForm({ next, sendsMail }: { next: string; sendsMail: boolean }) {
  return (
    <EntryForm action="/api/sign-in" button="Sign in" busy="Signing in…">
      <input type="hidden" name="next" value={next} />
      <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      {sendsMail && (
        <TextLink href="/forgot" className="-mt-2 w-fit">
          Forgot your password?
        </TextLink>
      )}
    </EntryForm>
  );
}

export function ForgotForm() {
  return (
    <EntryForm action="/api/forgot" button="Send a link" busy="Sending…">
      <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus hint="" />
    </EntryForm>
  );
}

type ProviderProps = { name: string; url: string; next: string; problem: string | null };

/** Above the form, whose script completes its URL: another way in. `problem`: why it didn't work the last time. */
export function ProviderSignIn({ name, url, next, problem }: ProviderProps) {
  return (
    <div className="mb-5 grid gap-4">
      <Problem>{problem}</Problem>
      {/* Not a router's link: it leads to another site. */}
      <a
        data-zone
        href={`${url}?${new URLSearchParams({ next })}`}
        className="tool h-auto min-h-10 justify-center whitespace-normal border-strong-line py-2 text-center"
      >
        Continue with {name}
      </a>
      <p className="flex items-center gap-3 text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
    </div>
  );
}

/** A password that is chosen, twice. */
function NewPassword() {
  return (
    <>
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
        hint={`At least ${PASSWORD_LENGTH.min} characters.`}
      />
      <Field label="Confirm password" name="repeat" type="password" autoComplete="new-password" required hint="" />
    </>
  );
}

/** `token` and `email` are those of an invitation. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  return (
    <EntryForm action="/api/join" button="Create account" busy="Creating account…">
      <input type="hidden" name="token" value={token} />
      <Field label="Email" name="email" type="email" autoComplete="username" required hint="" defaultValue={email} />
      <NewPassword />
    </EntryForm>
  );
}

/** `token` is that of a password link. */
export function ResetForm({ token }: { token: string }) {
  return (
    <EntryForm action="/api/reset" button="Set password" busy="Setting password…">
      <input type="hidden" name="token" value={token} />
      <NewPassword />
    </EntryForm>
  );
}

/** The second step of a sign-in. */
export function CodeForm({ next }: { next: string }) {
  return (
    <EntryForm action="/api/sign-in/code" button="Sign in" busy="Signing in…">
      <input type="hidden" name="next" value={next} />
      <Field
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        hint="Six digits from your app, or a recovery code."
      />
    </EntryForm>
  );
}

/** `token` is that of a share link. */
export function ShareForm({ token }: { token: string }) {
  return (
    <EntryForm action="/api/shares/open" button="Open" busy="Opening…">
      <input type="hidden" name="token" value={token} />
      <Field label="Password" name="password" type="password" autoComplete="off" required autoFocus hint="" />
    </EntryForm>
  );
}

/** `token` comes from the URL. Unless it is rejected, its field is hidden. */
export function SetupForm({ token }: { token: string }) {
  return (
    <EntryForm action="/api/setup" button="Create account" busy="Setting up…">
      <div hidden={token !== ""}>
        <Field
          label="Token"
          name="token"
          autoComplete="off"
          required
          hint="Printed when the server started."
          defaultValue={token}
        />
      </div>
      <Field label="Email" name="email" type="email" autoComplete="username" required hint="" />
      <NewPassword />
    </EntryForm>
  );
}
