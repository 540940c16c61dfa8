type Props = {
  label: string;
  name: string;
  /** As `2026-08-01`. */
  value: string;
  optional?: boolean;
  /** Without it the browser controls the value. */
  onChange?: (value: string) => void;
};

export function DateField({ label, name, value, optional = false, onChange }: Props) {
  return (
    <label className="grid min-w-0 gap-1 text-muted text-xs">
      {label}
      <input
        type="date"
        name={name}
        required={!optional}
        {...(onChange ? { value, onChange: (event) => onChange(event.target.value) } : { defaultValue: value })}
        className="h-9 w-full min-w-0 rounded-lg border border-strong-line bg-surface px-2 text-ink text-sm"
      />
    </label>
  );
}
