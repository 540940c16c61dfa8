import Form from "next/form";
import { rangeText } from "@/lib/question/codec/range";
import { withParam } from "@/lib/question/codec/write";
import { text } from "@/lib/text/ranges";
import { DateField } from "./date-field";
import type { View } from "./view";

/** Dates of one's own to compare with. */
export function CompareDates({ view }: { view: View }) {
  const { comparison, zone } = view.filters;
  const kept = withParam(view.params, "compare", null);
  const { start, end } = comparison ? rangeText(comparison, zone) : { start: null, end: null };
  return (
    <Form
      action={view.path}
      scroll={false}
      prefetch={false}
      className="grid grid-cols-2 gap-x-2 gap-y-3 border-line p-4 not-first:border-t"
    >
      {[...kept, ["compare", "custom"] as const].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <DateField label={text.compare.from} name="compareStart" value={start?.slice(0, 10) ?? ""} />
      <DateField label={text.compare.to} name="compareEnd" value={end?.slice(0, 10) ?? ""} />
      <button type="submit" className="col-span-2 h-9 rounded-lg border border-strong-line font-medium hover:bg-raised">
        {text.compare.submit}
      </button>
    </Form>
  );
}
