import { SearchForm } from "@/components/ui/search-form";
import type { View } from "@/components/views/view";
import { withParam } from "@/lib/question/codec/write";

/** Searches links by `q`. */
export function LinkSearch({ view: { path, params } }: { view: View }) {
  return (
    <SearchForm
      path={path}
      kept={withParam(params, "q", null)}
      name="q"
      value={params.get("q")}
      label="Search links"
      placeholder="Title, key, destination"
    />
  );
}
