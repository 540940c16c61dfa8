import type { ReactNode } from "react";

/** A region with a head; `actions` stand at its right. */
export function Card({
  label,
  head,
  actions,
  children,
}: {
  label: string;
  head: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={label} className="flex min-w-0 flex-col rounded-2xl border border-line bg-surface shadow-card">
      <div className="flex min-h-13 items-center justify-between gap-2 border-line border-b pr-2 pl-4">
        {head}
        <div className="flex shrink-0 items-center print:hidden">{actions}</div>
      </div>
      {children}
    </section>
  );
}
