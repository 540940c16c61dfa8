import { Search } from "lucide-react";

type Props = {
  path: string;
  kept: URLSearchParams;
  /** Its URL parameter, and the current value. */
  name: string;
  value: string | null;
  label: string;
  placeholder: string;
};

/** Parameters that a form keeps. */
export function KeptParams({ params }: { params: Iterable<[name: string, value: string]> }) {
  return [...params].map(([name, value]) => <input key={`${name}=${value}`} type="hidden" name={name} value={value} />);
}

/** Searches by one URL parameter, also before the page's script has loaded. */
export function SearchForm({ path, kept, name, value, label, placeholder }: Props) {
  return (
    <form action={path} className="relative min-w-0 max-sm:basis-full sm:flex-none print:hidden">
      <KeptParams params={kept} />
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" />
      <input
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder}
        defaultValue={value ?? ""}
        className="h-9 w-full rounded-lg border border-line bg-surface pr-3 pl-9 placeholder:text-muted sm:w-64"
      />
    </form>
  );
}
