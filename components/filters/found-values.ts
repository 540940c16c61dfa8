import { isLinkField } from "@/lib/question/codec/conditions";
import type { FieldName } from "@/lib/question/question";
import type { CountedValue } from "./value-list";

type FieldValues = { field: FieldName; label: string; rows: CountedValue[] };

/** Values of any field, as `/api/values` finds them. */
export type FoundValues = { fields: FieldValues[] };

/** Whether a field leaves something to choose: on a link's page its properties don't. */
export const isOffered = (field: FieldName, ofOneLink: boolean): boolean =>
  !ofOneLink || !(field === "linkId" || isLinkField(field));

/** What is shown of an answer. Until the one to `search` arrives, that is what still matches of the previous one. */
export function shownValues(
  { data, loading }: { data: FoundValues | null; loading: boolean },
  search: string,
  ofOneLink: boolean,
): FieldValues[] {
  if (search === "" || !data) return [];
  const has = ({ text, note, value }: CountedValue) => `${text} ${note} ${value}`.toLowerCase().includes(search);
  return data.fields
    .filter(({ field }) => isOffered(field, ofOneLink))
    .map((found) => ({ ...found, rows: loading ? found.rows.filter(has) : found.rows }));
}
