import type { View } from "@/components/views/view";
import { NAME_LENGTH, viewQuery } from "@/lib/account/views/view";
import { rangeDates, rangeWords } from "@/lib/question/words";
import type { SharedView } from "./share-dialog";

/** A page's view as the form for a share link describes it. */
export function sharedView({ path, params, filters, comparison }: View, name: string): SharedView {
  const { range, zone } = filters;
  return {
    ...{ path, query: viewQuery(params, zone), name: name.slice(0, NAME_LENGTH) },
    range: range.interval === null ? null : rangeWords(filters),
    ...{ dates: rangeDates(filters), isCompared: comparison !== null },
  };
}
