"use client";

import { Plus } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { text } from "@/components/settings/text";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { QuietButton } from "@/components/ui/quiet-button";
import { useChange } from "./use-change";

/** A secret that was made here, the one time it is shown. */
export function MadeSecret({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <div role="alert" className="grid gap-2 bg-accent-soft p-4">
      <p className="font-medium">{text.made.copyNow}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 wrap-anywhere rounded-md bg-surface px-2 py-1.5 font-mono text-[13px]">{value}</code>
        <CopyButton text={value} label={text.made.copy} />
      </div>
      <QuietButton onClick={onDone} className="w-fit">
        {text.made.copied}
      </QuietButton>
    </div>
  );
}

/** The part of a problem that belongs to a field: the API begins it with the field's name. */
const aboutField = (problem: string | null, field: string): string | undefined =>
  problem?.startsWith(`${field}: `) ? problem.slice(field.length + 2) : undefined;

/** Form to add a secret, pasted or generated, optionally as a replacement. */
export function SecretForm({
  replaces = null,
  name = "",
  onAdded,
  onCancel,
}: {
  replaces?: number | null;
  name?: string;
  /** Gets the secret when it was made here. */
  onAdded: (made: string | null) => void;
  onCancel: () => void;
}) {
  const { change, pending, problem } = useChange();
  const [made, setMade] = useState(false);
  const nameProblem = aboutField(problem, "name");
  const valueProblem = aboutField(problem, "value");

  async function add(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = made ? null : String(form.get("value"));
    const body = { name: String(form.get("name")), value, replaces };
    const added = await change<{ value: string | null }>("POST", "/api/secrets", body);
    if (added) onAdded(added.value);
  }

  return (
    <form onSubmit={add} noValidate className="grid gap-4 p-4">
      <Field
        label={text.form.name}
        name="name"
        autoComplete="off"
        defaultValue={name}
        maxLength={80}
        hint={text.form.aboutName}
        error={nameProblem}
      />
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="sr-only">{text.form.origin}</legend>
        {[false, true].map((choice) => (
          <label key={String(choice)} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="made"
              checked={made === choice}
              onChange={() => setMade(choice)}
              className="size-4 accent-accent"
            />
            {choice ? text.form.make : text.form.paste}
          </label>
        ))}
      </fieldset>
      {!made && (
        <Field
          label={text.form.secret}
          name="value"
          autoComplete="off"
          spellCheck={false}
          placeholder={text.form.secretExample}
          hint={text.form.aboutSecret}
          error={valueProblem}
        />
      )}
      <p role="alert" className="text-danger empty:hidden">
        {nameProblem || valueProblem ? null : problem}
      </p>
      <div className="flex gap-2">
        <Button type="submit" disabled={pending}>
          {pending ? text.form.adding : replaces === null ? text.form.add : text.form.addReplacement}
        </Button>
        <button type="button" onClick={onCancel} className="h-10 rounded-lg px-4 font-medium hover:bg-raised">
          {text.cancel}
        </button>
      </div>
    </form>
  );
}

/** The way to one more secret. */
export function AddSecret() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  if (made !== null) return <MadeSecret value={made} onDone={() => setMade(null)} />;
  if (isOpen) {
    return (
      <SecretForm
        onCancel={() => setOpen(false)}
        onAdded={(value) => {
          setOpen(false);
          setMade(value);
        }}
      />
    );
  }
  return (
    <div className="p-4">
      <QuietButton onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        {text.form.open}
      </QuietButton>
    </div>
  );
}
