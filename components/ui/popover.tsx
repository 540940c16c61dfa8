"use client";

import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  /** Unique on the page. */
  id: string;
  /** What the panel is called. */
  label: string;
  /** What the button shows and is called by. */
  button: ReactNode;
  buttonClass?: string;
  panelClass?: string;
  /** A key that opens it, for those who listen to keys. */
  shortcut?: string;
  title?: string;
  children: ReactNode;
};

/** A link that opens in another tab leaves the panel as it is. */
const leads = (event: Event): boolean =>
  event.target instanceof Element &&
  event.target.closest("a[href]") !== null &&
  !(event instanceof MouseEvent && (event.metaKey || event.ctrlKey || event.shiftKey));

/**
 * A button with a panel below it, on a phone at the foot of the screen. The browser opens and closes it, so that it works
 * before any script has loaded; the script only closes it when something in it was chosen.
 */
export function Popover({ id, label, button, buttonClass = "", panelClass = "", shortcut, title, children }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = panel.current;
    const close = (event: Event) => {
      if ((event.type === "submit" || leads(event)) && element?.matches(":popover-open")) element.hidePopover();
    };
    // Escape closes the panel and means nothing else then.
    const claim = (event: KeyboardEvent) => {
      if (event.key === "Escape" && element?.matches(":popover-open")) event.stopPropagation();
    };
    // Opened by a key, the button does not have the focus, and Tab would start at the top of the page.
    const enter = (event: Event) => {
      if (event instanceof ToggleEvent && event.newState === "open" && document.activeElement === document.body)
        element?.focus();
    };
    window.addEventListener("keydown", claim, { capture: true });
    element?.addEventListener("toggle", enter);
    element?.addEventListener("click", close);
    element?.addEventListener("submit", close);
    return () => {
      element?.removeEventListener("toggle", enter);
      element?.removeEventListener("click", close);
      element?.removeEventListener("submit", close);
      window.removeEventListener("keydown", claim, { capture: true });
    };
  }, []);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-keyshortcuts={shortcut}
        title={title}
        className={buttonClass}
        style={{ anchorName: `--${id}` }}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        tabIndex={-1}
        role="dialog"
        aria-label={label}
        className={`panel border border-line bg-surface text-ink shadow-xl ${panelClass}`}
        style={{ positionAnchor: `--${id}` }}
      >
        {children}
      </div>
    </>
  );
}
