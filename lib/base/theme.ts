/** What a reader can choose: the system's look, or one of the two always. In the order of the menu. */
export const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

/** Holds the reader's choice where the server sees it: the first paint is right, without a script. */
export const THEME_COOKIE = "footfall-theme";

/** The theme named by a cookie; "system" for anything else and without a cookie. */
export function themeOf(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? "system";
}
