/** Themes in menu order. */
export const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

/** Cookie with the reader's choice, so that the server's first paint is right without a script. */
export const THEME_COOKIE = "footfall-theme";

/** The theme in a cookie; "system" without a valid one. */
export function themeOf(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? "system";
}
