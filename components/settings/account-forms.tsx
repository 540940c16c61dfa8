"use client";

import { type ReactNode, type SubmitEvent, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { aboutField, Field, Problem } from "@/components/ui/field";
import { FormButtons } from "@/components/ui/form-buttons";
import { useChange } from "@/components/ui/use-json";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";

type FormProps = {
  button: string;
  onDone: () => void;
  onCancel: () => void;
  /** `about`: the error message about a field. */
  children: (about: (field: string) => string | undefined) => ReactNode;
};

/** Sends its fields and the current password. */
function AccountForm({ button, onDone, onCancel, children }: FormProps) {
  const { change, pending, problem } = useChange();
  const about = (field: string) => aboutField(problem, field);

  async function save(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(event.currentTarget));
    if ((await change("PATCH", "/api/account", body)) !== undefined) onDone();
  }

  const isNamed = ["currentPassword", "email", "newPassword"].some(about);
  return (
    <form onSubmit={save} noValidate className="grid gap-4 p-4">
      <Field
        label="Current password"
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        autoFocus
        error={about("currentPassword")}
      />
      {children(about)}
      <Problem>{isNamed ? null : problem}</Problem>
      <FormButtons submit={pending ? "Saving…" : button} pending={pending} onCancel={onCancel} />
    </form>
  );
}

/** `setElsewhere`: what is said instead of the forms, for an account that isn't changed here; else null. */
type Props = { email: string; setElsewhere: ReactNode };

/** The account's email address, and the forms to change it or the password. */
export function AccountForms({ email, setElsewhere }: Props) {
  const [open, setOpen] = useState<"email" | "password" | null>(null);
  const [done, setDone] = useState("");
  const [last, setLast] = useState<"email" | "password" | null>(null);
  const close = () => setOpen(null);
  const show = (form: "email" | "password") => {
    setDone("");
    setLast(form);
    setOpen(form);
  };
  const finish = (words: string) => () => {
    setDone(words);
    close();
  };
  if (open === "email") {
    return (
      <AccountForm button="Change email" onDone={finish("Email changed.")} onCancel={close}>
        {(about) => <Field label="New email" name="email" type="email" autoComplete="email" error={about("email")} />}
      </AccountForm>
    );
  }
  if (open === "password") {
    const words = "Password changed. Other devices were signed out.";
    return (
      <AccountForm button="Change password" onDone={finish(words)} onCancel={close}>
        {(about) => (
          <Field
            label="New password"
            name="newPassword"
            type="password"
            autoComplete="new-password"
            hint={`At least ${PASSWORD_LENGTH.min} characters. Other devices will be signed out.`}
            error={about("newPassword")}
          />
        )}
      </AccountForm>
    );
  }
  return (
    <div className="grid gap-3 p-4">
      <div className="grid gap-0.5">
        <p className="text-muted">Signed in as</p>
        <p className="wrap-anywhere font-medium">{email}</p>
      </div>
      {setElsewhere ? (
        <p className="text-muted">{setElsewhere}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {/* The focus comes back from a form that closes. */}
          <QuietButton autoFocus={last === "email"} onClick={() => show("email")}>
            Change email
          </QuietButton>
          <QuietButton autoFocus={last === "password"} onClick={() => show("password")}>
            Change password
          </QuietButton>
        </div>
      )}
      <p role="status" className="text-muted empty:hidden">
        {done}
      </p>
    </div>
  );
}
