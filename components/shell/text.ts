import type { Theme } from "@/lib/base/theme";

/** Texts of the header of every page. */
export const text = {
  product: "Footfall",
  what: "Click analytics for short links",
  main: "Main",
  settings: "Settings",
  signOut: "Sign out",
  skip: "Skip to content",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" } satisfies Record<Theme, string>,
  themeIs: (theme: Theme) => `Theme: ${theme}`,
  goToAnything: "Go to anything",
  goTo: "Go to …",
  controlKey: "Ctrl K",
  pages: {
    overview: "Overview",
    links: "Links",
    events: "Events",
    deliveries: "Deliveries",
    settings: "Settings",
    health: "Health",
  },
} as const;
