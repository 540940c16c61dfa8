import { LoaderCircle, Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

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

type BoxProps = Omit<ComponentProps<"input">, "onChange"> & {
  label: string;
  /** Look of the box around it. */
  box: string;
  busy?: boolean;
  onQuery: (query: string) => void;
  children?: ReactNode;
};

/** A search field that works while typing. */
export function SearchBox({ label, box, busy = false, onQuery, children, ...input }: BoxProps) {
  const Icon = busy ? LoaderCircle : Search;
  return (
    <div className={`flex shrink-0 items-center gap-2.5 ${box}`}>
      <Icon aria-hidden className={`size-4 shrink-0 text-muted ${busy ? "motion-safe:animate-spin" : ""}`} />
      <input
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted max-sm:text-base"
        {...input}
      />
      {children}
    </div>
  );
}
