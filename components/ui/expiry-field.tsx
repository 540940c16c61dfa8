import { DAY } from "@/lib/base/time";
import { SelectField } from "./field";

/** Days after which something ends, with the words for them. */
const EXPIRIES = [
  { days: "", label: "Never" },
  { days: "7", label: "In 7 days" },
  { days: "30", label: "In 30 days" },
  { days: "90", label: "In 90 days" },
  { days: "365", label: "In a year" },
];

/** When something ends that a form makes. */
export function ExpiryField({ hint }: { hint: string }) {
  return (
    <SelectField label="Expires" name="days" hint={hint}>
      {EXPIRIES.map(({ days, label }) => (
        <option key={days} value={days}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}

/** What was chosen there, as a time in ISO form; null for never. */
export function expiryIn(form: FormData): string | null {
  const days = Number(form.get("days"));
  return days > 0 ? new Date(Date.now() + days * DAY).toISOString() : null;
}
