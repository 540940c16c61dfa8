import { Search } from "lucide-react";
import { withParam } from "@/lib/query/address";
import type { View } from "./view";

/** Searches links by `q`, and keeps the rest of the address. */
export function LinkSearch({ view }: { view: View }) {
  return (
    <form action={view.path} className="relative min-w-0 max-sm:basis-full sm:flex-none print:hidden">
      {[...withParam(view.params, "q", null)].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" />
      <input
        type="search"
        name="q"
        aria-label="Search links"
        placeholder="Title, key, destination"
        defaultValue={view.params.get("q") ?? ""}
        className="h-9 w-full rounded-lg border border-line bg-surface pr-3 pl-9 placeholder:text-muted sm:w-64"
      />
    </form>
  );
}
