/** Texts that the filter bar needs in the browser. Every page with figures loads them, so those of the menus are kept apart. */
export const text = {
  filter: "Filter",
  edit: (words: string) => `Edit filter ${words}`,
  or: "or…",
  addAlternativeTo: (words: string) => `Add an alternative to ${words}`,
  alternativeHint: "Add an alternative: clicks match if either is true",
} as const;
