"use client";

import { useEffect, useEffectEvent } from "react";
import { isTaken } from "./taken-key";

/**
 * Runs `action` when a key is pressed anywhere on the page, unless somebody types or a dialog is open.
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
