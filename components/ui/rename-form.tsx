import type { SubmitEvent } from "react";
import { QuietButton } from "./button";

type Props = { name: string; maxLength: number; onRename: (name: string) => void; onCancel: () => void };

export function RenameForm({ name, maxLength, onRename, onCancel }: Props) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onRename(String(new FormData(event.currentTarget).get("name")));
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap gap-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to type here
        autoFocus
        type="text"
        name="name"
        aria-label="New name"
        required
        maxLength={maxLength}
        autoComplete="off"
        defaultValue={name}
        className="h-9 min-w-0 flex-1 rounded-lg border border-strong-line bg-surface px-3 max-sm:text-base"
      />
      <QuietButton type="submit">Rename</QuietButton>
      <QuietButton onClick={onCancel}>Cancel</QuietButton>
    </form>
  );
}
