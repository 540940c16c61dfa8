"use client";

import { type SubmitEvent, useState } from "react";
import { text } from "@/components/settings/text";
import { QuietButton } from "@/components/ui/quiet-button";
import { Sentence } from "@/components/ui/sentence";
import { MadeSecret, SecretForm } from "./secret-form";
import { useChange } from "./use-change";

type Props = { id: number; name: string };
type Asking = "name" | "replacement" | "revoke" | null;

function Rename({ id, name, onDone }: Props & { onDone: () => void }) {
  const { change, problem } = useChange();
  async function rename(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get("name"));
    if ((await change("PATCH", `/api/secrets/${id}`, { name: wanted })) !== undefined) onDone();
  }
  return (
    <form onSubmit={rename} className="flex flex-wrap items-center gap-2 px-4 pb-3">
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to type here
        autoFocus
        name="name"
        aria-label={text.actions.newName}
        autoComplete="off"
        maxLength={80}
        defaultValue={name}
        className="h-9 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3"
      />
      <QuietButton type="submit">{text.actions.rename}</QuietButton>
      <QuietButton onClick={onDone}>{text.cancel}</QuietButton>
      <p role="alert" className="basis-full text-danger empty:hidden">
        {problem}
      </p>
    </form>
  );
}

function Revoke({ id, name, onDone }: Props & { onDone: () => void }) {
  const { change, pending, problem } = useChange();
  const revoke = async () => {
    if ((await change("DELETE", `/api/secrets/${id}`)) !== undefined) onDone();
  };
  return (
    <div role="alert" className="grid gap-2 px-4 pb-3">
      <p>
        <Sentence text={text.actions.mayRevoke} parts={{ name: <bdi>{name}</bdi> }} />
      </p>
      <p className="text-danger empty:hidden">{problem}</p>
      <div className="flex gap-2">
        <QuietButton danger onClick={() => void revoke()}>
          {pending ? text.actions.revoking : text.actions.revoke}
        </QuietButton>
        <QuietButton onClick={onDone}>{text.actions.keep}</QuietButton>
      </div>
    </div>
  );
}

/** What can be done with a secret of the settings. */
export function SecretActions({ id, name }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const [made, setMade] = useState<string | null>(null);
  const done = () => setAsking(null);
  if (made !== null) return <MadeSecret value={made} onDone={() => setMade(null)} />;
  if (asking === "name") return <Rename id={id} name={name} onDone={done} />;
  if (asking === "revoke") return <Revoke id={id} name={name} onDone={done} />;
  if (asking === "replacement") {
    const added = (value: string | null) => {
      done();
      setMade(value);
    };
    return <SecretForm replaces={id} name={text.actions.replacementName(name)} onAdded={added} onCancel={done} />;
  }
  return (
    <div className="flex flex-wrap gap-2 px-4 pb-3">
      <QuietButton aria-label={text.actions.renameIt(name)} onClick={() => setAsking("name")}>
        {text.actions.rename}
      </QuietButton>
      <QuietButton aria-label={text.actions.replaceIt(name)} onClick={() => setAsking("replacement")}>
        {text.actions.replace}
      </QuietButton>
      <QuietButton aria-label={text.actions.revokeIt(name)} danger onClick={() => setAsking("revoke")}>
        {text.actions.revoke}
      </QuietButton>
    </div>
  );
}
