"use client";

import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useEffectEvent } from "react";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]:not([contenteditable=false])";
/** Selector for what takes all keys while it is open; a panel beside the page isn't modal. */
const OPEN = ":popover-open, dialog:modal, [aria-modal=true], [role=menu], [role=listbox]";

/** Whether a key press belongs to an input or an open panel. */
function isTaken({ target, defaultPrevented, isComposing, repeat }: KeyboardEvent): boolean {
  if (defaultPrevented || isComposing || repeat || document.querySelector(OPEN)) return true;
  return target instanceof Element && target.closest(TYPING) !== null;
}

/**
 * Runs `action` when a key is pressed anywhere on the page, unless the user is typing or a dialog is open. `key` is that
 * of `KeyboardEvent` in lower case, after `mod+` with Ctrl, on a Mac Cmd; null while there is nothing to do.
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

/** A key beside what it does; screen readers learn it from the control itself. */
export const KeyHint = ({ children }: { children: string }) => (
  <kbd aria-hidden className="font-sans text-muted text-xs max-sm:hidden">
    {children}
  </kbd>
);

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Moves the focus by the arrows among what `selector` finds below, from end to end. Other keys stay the browser's. */
export function walk(event: ReactKeyboardEvent<HTMLElement>, selector: string): void {
  const step = STEPS[event.key];
  if (!step || event.target instanceof HTMLSelectElement) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
}

/** Where keys have a meaning of their own. */
const OWN_KEYS = "[role=grid], [role=combobox], [role=slider]";
/** Of what can have the focus, these do nothing with the arrow keys. */
const IDLE = "body, a, button, summary, dialog";

/** Whether a key without a modifier is the page's: nobody types, no dialog is open, and what has the focus ignores it. */
export function isForPage(event: KeyboardEvent): boolean {
  if (isTaken(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  return !(event.target instanceof Element) || !event.key.startsWith("Arrow") || event.target.matches(IDLE);
}

/** Presses the control, drawn or not, whose `aria-keyshortcuts` is a key, unless somebody is typing or a panel is open. */
export function Shortcuts({ keys }: { keys: readonly string[] }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      if (!keys.includes(key) || !isForPage(event)) return;
      if (event.target instanceof Element && event.target.closest(OWN_KEYS)) return;
      const control = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]`);
      if (!control) return;
      event.preventDefault();
      control.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [keys]);
  return null;
}
