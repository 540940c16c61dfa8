import { type ComponentProps, useId } from "react";

/** A labelled input with hint and error, connected for screen readers. */
export function Field({
  label,
  hint,
  error,
  ...input
}: ComponentProps<"input"> & { label: string; hint?: string | undefined; error?: string | undefined }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="h-10 rounded-lg border border-strong-line bg-surface px-3 aria-invalid:border-danger"
        {...input}
      />
      {note && (
        <p id={`${id}-note`} className={error ? "text-danger" : "text-muted"}>
          {note}
        </p>
      )}
    </div>
  );
}
