import type { Theme } from "@/lib/base/theme";

/** What the top of every page says. */
export const text = {
  product: "Footfall",
  what: "Click analytics for short links",
  main: "Main",
  settings: "Settings",
  signOut: "Sign out",
  skip: "Skip to the content",
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
