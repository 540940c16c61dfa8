import { useSyncExternalStore } from "react";
import { THEME_COOKIE, type Theme, themeOf } from "@/lib/theme";

const YEAR_S = 31_536_000;

const listeners = new Set<() => void>();

/** The attribute of the root element is the state: the server writes it from the cookie, and CSS reads it. */
const current = (): Theme => themeOf(document.documentElement.dataset.theme);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes the look at once and keeps the choice for the next visit. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`;
  for (const listener of listeners) listener();
}

/** The theme that was chosen; before any script has run, the system's. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => "system");
}
