"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";

type Props = {
  label: string;
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChoose?: (value: string) => void;
  className?: string;
};

/** A native select that writes one URL parameter. An option with the value "" removes it. */
export function ParamSelect({ label, name, value, options, onChoose, className = "" }: Props) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();

  function choose(chosen: string) {
    const next = new URLSearchParams(params);
    if (chosen) next.set(name, chosen);
    else next.delete(name);
    next.delete("page");
    onChoose?.(chosen);
    startTransition(() => router.push(`${pathname}?${next}`, { scroll: false }));
  }

  return (
    <select
      aria-label={label}
      title={label}
      aria-busy={pending}
      value={value}
      className={`h-9 rounded-lg border border-line bg-surface px-2 hover:bg-raised aria-busy:opacity-60 ${className}`}
      onChange={(event) => choose(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
