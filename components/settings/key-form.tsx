"use client";

import { Plus } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { ExpiryField, expiryIn } from "@/components/ui/expiry-field";
import { aboutField, Check, Field, Problem } from "@/components/ui/field";
import { FormButtons } from "@/components/ui/form-buttons";
import { useChange } from "@/components/ui/use-json";
import { SCOPE_KEYS, SCOPES } from "@/lib/account/keys/key";
import type { LinkChoices } from "@/lib/account/link-choices";
import { LimitFields, limitIn } from "./limit-fields";
import { MadeValue } from "./made-value";

/** A form's answers as the API takes them. */
function keyOf(form: FormData) {
  return {
    name: String(form.get("name")),
    scopes: form.getAll("scopes").map(String),
    expiresAt: expiryIn(form),
    links: limitIn(form),
  };
}

function KeyForm({ choices, onDone }: { choices: LinkChoices; onDone: () => void }) {
  const { change, pending, problem } = useChange();
  const [made, setMade] = useState<string | null>(null);
  const about = (field: string) => aboutField(problem, field);

  async function make(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const body = keyOf(new FormData(event.currentTarget));
    const answer = await change<{ value: string }>("POST", "/api/keys", body);
    if (answer) setMade(answer.value);
  }

  if (made !== null) return <MadeValue value={made} copyLabel="Copy key" onDone={onDone} />;
  return (
    <form onSubmit={make} noValidate className="grid gap-4 p-4">
      <Field
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={80}
        hint="For example, what uses it: “Weekly report”. Shown in the audit log."
        error={about("name")}
      />
      <fieldset className="grid gap-1">
        <legend className="font-medium">It may</legend>
        {SCOPE_KEYS.filter((scope) => scope !== "import").map((scope) => (
          <Check key={scope} name="scopes" value={scope} label={SCOPES[scope]} isOn />
        ))}
        <Problem>{about("scopes")}</Problem>
      </fieldset>
      <ExpiryField hint="After that it is refused." />
      <LimitFields choices={choices} limit={null} problem={about("links")} />
      <Problem>{["name", "scopes", "links"].some(about) ? null : problem}</Problem>
      <FormButtons submit={pending ? "Making…" : "Make key"} pending={pending} onCancel={onDone} />
    </form>
  );
}

/** Opens the form for a new key. */
export function AddKey({ choices }: { choices: LinkChoices }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <KeyForm choices={choices} onDone={() => setOpen(false)} />;
  return (
    <div className="p-4">
      <QuietButton onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        Make a key
      </QuietButton>
    </div>
  );
}
