"use client";

import { type MouseEvent, type ReactNode, type ToggleEvent, useEffect, useRef, useState } from "react";

type Props = {
  id: string;
  label: string;
  button: ReactNode;
  buttonClass?: string;
  panelClass?: string;
  title?: string;
  /** Whether its content can do nothing before the script has loaded: it is drawn when it is first opened. */
  later?: boolean;
  children: ReactNode;
};

/** A link that opens in another tab leaves the panel open. */
const leads = ({ target, metaKey, ctrlKey, shiftKey }: MouseEvent): boolean =>
  target instanceof Element && target.closest("a[href]") !== null && !(metaKey || ctrlKey || shiftKey);

/** A button with a panel that opens before any script has loaded; choosing something closes it. */
export function Popover({
  id,
  label,
  button,
  buttonClass = "",
  panelClass = "",
  title,
  later = false,
  children,
}: Props) {
  const [isDrawn, setDrawn] = useState(!later);
  const panel = useRef<HTMLDivElement>(null);
  const close = () => panel.current?.hidePopover();
  // Without the focus on the button, Tab would start at the top of the page.
  const enter = ({ newState }: ToggleEvent) => {
    if (newState === "open" && document.activeElement === document.body) panel.current?.focus();
  };
  useEffect(() => {
    if (panel.current?.matches(":popover-open")) setDrawn(true);
  }, []);
  useEffect(() => {
    // Escape only closes the panel.
    const claim = (event: KeyboardEvent) => {
      if (event.key === "Escape" && panel.current?.matches(":popover-open")) event.stopPropagation();
    };
    window.addEventListener("keydown", claim, { capture: true });
    return () => window.removeEventListener("keydown", claim, { capture: true });
  }, []);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        title={title}
        className={buttonClass}
        style={{ anchorName: `--${id}` }}
      >
        {button}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys press the links and buttons inside */}
      <div
        ref={panel}
        onBeforeToggle={() => setDrawn(true)}
        onToggle={enter}
        onClick={(event) => leads(event) && close()}
        onSubmit={close}
        id={id}
        popover="auto"
        tabIndex={-1}
        role="dialog"
        aria-label={label}
        className={`panel border border-line bg-surface text-ink shadow-xl ${panelClass}`}
        style={{ positionAnchor: `--${id}` }}
      >
        {isDrawn && children}
      </div>
    </>
  );
}
