"use client";

import { Ellipsis, ListFilter, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

const ICONS = { filters: ListFilter, more: Ellipsis } satisfies Record<string, LucideIcon>;

/** `count`: how many of what it holds are in use. */
type Props = { id: keyof typeof ICONS; label: string; count?: number; children: ReactNode };

/** Controls that stand in the row around them, but on a phone in a panel behind a button. */
export function PhoneSheet({ id, label, count = 0, children }: Props) {
  const Icon = ICONS[id];
  return (
    <>
      <button type="button" popoverTarget={id} aria-haspopup="dialog" className="tool px-2.5 sm:hidden print:hidden">
        <Icon aria-hidden className="size-4 text-muted" />
        <span className="sr-only">{count > 0 ? `${label} ${count}` : label}</span>
        {count > 0 && (
          <span aria-hidden className="font-semibold text-accent tabular-nums">
            {count}
          </span>
        )}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        className="panel bg-surface text-ink max-sm:[&:popover-open]:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-2 max-sm:p-4 max-sm:pb-[max(1rem,env(safe-area-inset-bottom))] sm:contents"
      >
        {children}
      </div>
    </>
  );
}
