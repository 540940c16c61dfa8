import { type ComponentProps, type ReactNode, useId } from "react";

/** An error message; takes no space without one. */
export function Problem({ className = "", children }: { className?: string; children?: ReactNode }) {
  return (
    <p role="alert" className={`text-danger empty:hidden ${className}`}>
      {children}
    </p>
  );
}

/** The part of an error message about a field: the API starts it with the field's name. */
export const aboutField = (problem: string | null, field: string): string | undefined =>
  problem?.startsWith(`${field}: `) ? problem.slice(field.length + 2) : undefined;

type LabelledProps = { id: string; label: string; note: string | undefined; children: ReactNode };

/** A control, of class `peer`, between its label and its note, whose id is that of the control with `-note`. */
function Labelled({ id, label, note, children }: LabelledProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {note !== undefined && (
        <p id={`${id}-note`} className="text-muted empty:hidden peer-aria-invalid:text-danger">
          {note}
        </p>
      )}
    </div>
  );
}

type Props = ComponentProps<"input"> & { label: string; hint?: string; error?: string | undefined };

/** A labelled input with hint and error, connected for screen readers. An empty hint leaves room for a later error. */
export function Field({ label, hint, error, ...input }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <Labelled id={id} label={label} note={note}>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className="peer h-10 rounded-lg border border-strong-line bg-surface px-3 aria-invalid:border-danger"
        {...input}
      />
    </Labelled>
  );
}

/** A labelled choice with a hint, connected for screen readers. */
export function SelectField({ label, hint, ...select }: ComponentProps<"select"> & { label: string; hint: string }) {
  const id = useId();
  return (
    <Labelled id={id} label={label} note={hint}>
      <select
        id={id}
        aria-describedby={`${id}-note`}
        className="h-10 w-full rounded-lg border border-strong-line bg-surface px-3 disabled:bg-raised sm:max-w-sm"
        {...select}
      />
    </Labelled>
  );
}

type CheckProps = Omit<ComponentProps<"input">, "type"> & { label: string; isOn?: boolean };

/** A choice to tick, or one of several with `type="radio"`. */
export function Check({ label, isOn = false, ...input }: CheckProps & { type?: "checkbox" | "radio" }) {
  return (
    <label className="flex min-h-8 items-center gap-2 has-disabled:text-muted">
      <input
        type="checkbox"
        {...(input.checked === undefined && { defaultChecked: isOn })}
        className="size-4 shrink-0 accent-accent"
        {...input}
      />
      <span className="wrap-anywhere">{label}</span>
    </label>
  );
}
