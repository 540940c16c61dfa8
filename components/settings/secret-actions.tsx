"use client";

import { Plus } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { aboutField, Field, Problem } from "@/components/ui/field";
import { FormButtons } from "@/components/ui/form-buttons";
import { RenameForm } from "@/components/ui/rename-form";
import { useChange } from "@/components/ui/use-json";
import { ConfirmAction } from "./confirm-action";
import { MadeValue } from "./made-value";

type SecretFormProps = { replaces?: number | null; name?: string; onDone: () => void };

/** Form to add a secret, pasted or generated, optionally as a replacement. */
function SecretForm({ replaces = null, name = "", onDone }: SecretFormProps) {
  const { change, pending, problem } = useChange();
  const [isMade, setIsMade] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const nameProblem = aboutField(problem, "name");
  const valueProblem = aboutField(problem, "value");

  async function add(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = isMade ? null : String(form.get("value"));
    const body = { name: String(form.get("name")), value, replaces };
    const added = await change<{ value: string | null }>("POST", "/api/secrets", body);
    if (added?.value) setMade(added.value);
    else if (added) onDone();
  }

  if (made !== null) return <MadeValue value={made} copyLabel="Copy secret" onDone={onDone} />;
  return (
    <form onSubmit={add} noValidate className="grid gap-4 p-4">
      <Field
        label="Name"
        name="name"
        autoComplete="off"
        defaultValue={name}
        maxLength={80}
        hint="For example, the webhook’s name in Dub. Shown with each delivery."
        error={nameProblem}
      />
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="sr-only">Source of the secret</legend>
        {[false, true].map((choice) => (
          <label key={String(choice)} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="made"
              checked={isMade === choice}
              onChange={() => setIsMade(choice)}
              className="size-4 accent-accent"
            />
            {choice ? "Generate one for your own sender" : "Paste from Dub"}
          </label>
        ))}
      </fieldset>
      {!isMade && (
        <Field
          label="Secret"
          name="value"
          autoComplete="off"
          spellCheck={false}
          placeholder="whsec_…"
          hint="From the webhook’s page in Dub. Stored encrypted and never shown again."
          error={valueProblem}
        />
      )}
      <Problem>{nameProblem || valueProblem ? null : problem}</Problem>
      <FormButtons
        submit={pending ? "Adding…" : replaces === null ? "Add secret" : "Add replacement"}
        pending={pending}
        onCancel={onDone}
      />
    </form>
  );
}

/** Opens the form to add a secret. */
export function AddSecret() {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <SecretForm onDone={() => setOpen(false)} />;
  return (
    <div className="p-4">
      <QuietButton onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-4" />
        Add a secret
      </QuietButton>
    </div>
  );
}

type Props = { id: number; name: string };

function Rename({ id, name, onDone }: Props & { onDone: () => void }) {
  const { change, problem } = useChange();
  const rename = async (wanted: string) => {
    if ((await change("PATCH", `/api/secrets/${id}`, { name: wanted })) !== undefined) onDone();
  };
  return (
    <div className="grid gap-2 px-4 pb-3">
      <RenameForm name={name} maxLength={80} onRename={rename} onCancel={onDone} />
      <Problem>{problem}</Problem>
    </div>
  );
}

/** Actions on a secret from Settings. */
export function SecretActions({ id, name }: Props) {
  const [asking, setAsking] = useState<"name" | "replacement" | null>(null);
  const done = () => setAsking(null);
  if (asking === "name") return <Rename id={id} name={name} onDone={done} />;
  if (asking === "replacement") return <SecretForm replaces={id} name={`${name} (new)`} onDone={done} />;
  return (
    <div className="flex flex-wrap gap-2 px-4 pb-3">
      <QuietButton aria-label={`Rename ${name}`} onClick={() => setAsking("name")}>
        Rename
      </QuietButton>
      <QuietButton aria-label={`Replace ${name}`} onClick={() => setAsking("replacement")}>
        Replace
      </QuietButton>
      <ConfirmAction
        button="Revoke"
        label={`Revoke ${name}`}
        question={
          <>
            Revoke “<bdi>{name}</bdi>”? Deliveries signed with it will be rejected, and Dub disables a webhook after 20
            failures in a row. Check “Last used” first.
          </>
        }
        busy="Revoking…"
        method="DELETE"
        address={`/api/secrets/${id}`}
      />
    </div>
  );
}
