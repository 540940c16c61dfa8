/** What the filter bar says in the browser: every page with figures loads it, so it is kept apart from the menus. */
export const text = {
  filter: "Filter",
  edit: (words: string) => `Edit filter ${words}`,
  or: "or…",
  addAlternativeTo: (words: string) => `Add an alternative to ${words}`,
  alternativeHint: "Add an alternative: one of them has to hold",
} as const;
