import { text as shell } from "@/components/shell/text";
import type { Theme } from "@/lib/base/theme";

/** What the top of a page opens: the palette, and the list of keys. */
export const text = {
  searchAll: "Search links, pages, ranges, views and actions",
  goToExample: "Go to a link, a page, a range …",
  nothingCalledThis: "Nothing is called this.",
  groups: { links: "Links", pages: "Pages", views: "Views", ranges: "Ranges", actions: "Actions" },
  shared: "shared",
  exportAll: "Export all as CSV",
  copyAddress: "Copy the address",
  clearFilters: "Clear all filters",
  themeCommand: (theme: Theme) => (theme === "system" ? "Theme of the system" : `${shell.themes[theme]} theme`),
  showKeys: "Show all keys",
  keys: "Keys",
  shortcuts: {
    everywhere: "Everywhere",
    palette: "Go to a link, a page, a range or an action",
    commandKey: "Ctrl or ⌘",
    range: "Range",
    filtersAndViews: "Filters and views",
    addFilter: "Add a filter",
    openViews: "Open the saved views",
    clearFilters: "Clear all filters; the dates stay",
    inList: "In a list",
    walk: "Go through it",
    space: "Space",
    tick: "Tick a value",
    enter: "Enter",
    choose: "Choose, or apply",
    escape: "Esc",
    close: "Close",
  },
} as const;
