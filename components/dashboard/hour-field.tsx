const HOURS = Array.from({ length: 25 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);

/** An hour of the day, up to 24:00; a time in between is offered when it is the one that is set. */
export function HourField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-9 rounded-lg border border-strong-line bg-surface px-2 tabular-nums"
    >
      {[...new Set([...HOURS, value])].sort().map((hour) => (
        <option key={hour}>{hour}</option>
      ))}
    </select>
  );
}
