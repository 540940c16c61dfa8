import type { ReactNode } from "react";

type Props = { id: string; label: string; button: ReactNode; children: ReactNode };

/** Controls that stand in the row around them, but on a phone in a panel behind a button. */
export function PhoneSheet({ id, label, button, children }: Props) {
  return (
    <>
      <button type="button" popoverTarget={id} aria-haspopup="dialog" className="tool px-2.5 sm:hidden print:hidden">
        {button}
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
