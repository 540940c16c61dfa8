"use client";

import { useEffect, useEffectEvent } from "react";

/** Where keys are text. */
const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
/** Selector for open dialogs and popovers; a closed panel is a dialog too. */
const OPEN = ":popover-open, dialog[open], [aria-modal=true], [role=menu], [role=listbox]";

/** Whether a key press belongs to an input or an open panel. */
export function isTaken({ target, defaultPrevented, isComposing, repeat }: KeyboardEvent): boolean {
  if (defaultPrevented || isComposing || repeat || document.querySelector(OPEN)) return true;
  return target instanceof Element && target.closest(TYPING) !== null;
}

/**
 * Runs `action` when a key is pressed anywhere on the page, unless the user is typing or a dialog is open.
 *
 * @param key as `KeyboardEvent.key` has it, in lower case; with `mod+` before it Ctrl, on a Mac Cmd, is held; null while
 *   there is nothing to do
 */
export function useShortcut(key: string | null, action: (event: KeyboardEvent) => void): void {
  const act = useEffectEvent(action);
  useEffect(() => {
    if (key === null) return;
    const wanted = key.replace("mod+", "");
    const onKeyDown = (event: KeyboardEvent) => {
      const isMod = event.ctrlKey || event.metaKey;
      if (event.key.toLowerCase() !== wanted || isMod !== (wanted !== key) || event.altKey || isTaken(event)) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [key]);
}

/** The name of a key. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded border border-line bg-raised px-1 font-sans text-[11px] text-muted">
      {children}
    </kbd>
  );
}
