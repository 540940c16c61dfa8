"use client";

import { useEffect } from "react";
import { isTaken } from "./use-shortcut";

/** Where keys have a meaning of their own. */
const OWN_KEYS = "[role=grid], [role=combobox], [role=slider]";
/** Of what can have the focus, these do nothing with the arrow keys. */
const IDLE = "body, a, button, summary";

function isForOthers(event: KeyboardEvent): boolean {
  if (isTaken(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return true;
  if (!(event.target instanceof Element)) return false;
  return event.target.closest(OWN_KEYS) !== null || (event.key.startsWith("Arrow") && !event.target.matches(IDLE));
}

/**
 * Presses the control that names a key as its `aria-keyshortcuts`, unless somebody is typing or a panel is open. A
 * control on the page that is not drawn right now is pressed, too.
 */
export function Shortcuts({ keys }: { keys: readonly string[] }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      if (!keys.includes(key) || isForOthers(event)) return;
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
