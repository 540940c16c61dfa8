import { Search } from "lucide-react";

type Props = {
  path: string;
  /** The parameters that stay. */
  kept: URLSearchParams;
  /** The parameter it writes, and what it is now. */
  name: string;
  value: string | null;
  label: string;
  placeholder: string;
};

/** Searches by one parameter of the address, also before the page's script has come. */
export function SearchForm({ path, kept, name, value, label, placeholder }: Props) {
  return (
    <form action={path} className="relative min-w-0 max-sm:basis-full sm:flex-none print:hidden">
      {[...kept].map(([other, content]) => (
        <input key={`${other}=${content}`} type="hidden" name={other} value={content} />
      ))}
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
