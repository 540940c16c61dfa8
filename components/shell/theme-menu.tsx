"use client";

import { Check, Monitor, Moon, Sun } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { Popover } from "@/components/ui/popover";
import { remember } from "@/components/ui/remember";
import { THEME_COOKIE, THEMES, type Theme, themeOf } from "@/lib/base/theme";

export const THEME_WORDS: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

const listeners = new Set<() => void>();

/** The root element's attribute is the state: the server writes it from the cookie, and CSS reads it. */
const current = (): Theme => themeOf(document.documentElement.dataset.theme);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Applies a theme and remembers it for the next visit. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  remember(THEME_COOKIE, theme);
  for (const listener of listeners) listener();
}

/** The current theme; the system's before any script has run. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => "system");
}

const ICONS: Record<Theme, ReactNode> = {
  system: <Monitor aria-hidden className="size-4 shrink-0" />,
  light: <Sun aria-hidden className="size-4 shrink-0" />,
  dark: <Moon aria-hidden className="size-4 shrink-0" />,
};

/** Chooses between system, light and dark. */
export function ThemeMenu() {
  const chosen = useTheme();
  return (
    <Popover
      id="theme"
      label="Theme"
      title="Theme"
      later
      buttonClass="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
      panelClass="sm:w-44"
      button={
        <>
          {ICONS[chosen]}
          <span className="sr-only">{`Theme: ${chosen}`}</span>
        </>
      }
    >
      <div role="radiogroup" aria-label="Theme" className="grid p-1.5">
        {THEMES.map((theme) => (
          <label
            key={theme}
            className="flex items-center gap-2.5 rounded-lg px-2.5 py-2 hover:bg-raised has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              checked={theme === chosen}
              onChange={() => chooseTheme(theme)}
              className="sr-only"
            />
            {ICONS[theme]}
            {THEME_WORDS[theme]}
            {theme === chosen && <Check aria-hidden className="ml-auto size-4 text-accent" />}
          </label>
        ))}
      </div>
    </Popover>
  );
}
