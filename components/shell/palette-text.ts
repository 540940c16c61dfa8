import { text as shell } from "@/components/shell/text";
import type { Theme } from "@/lib/base/theme";

/** Texts of the command palette and of the list of keyboard shortcuts. */
export const text = {
  searchAll: "Search links, pages, ranges, views and actions",
  goToExample: "Go to a link, a page, a range …",
  nothingCalledThis: "No results.",
  groups: { links: "Links", pages: "Pages", views: "Views", ranges: "Ranges", actions: "Actions" },
  shared: "shared",
  exportAll: "Export all as CSV",
  copyAddress: "Copy page URL",
  clearFilters: "Clear all filters",
  themeCommand: (theme: Theme) => (theme === "system" ? "System theme" : `${shell.themes[theme]} theme`),
  showKeys: "Show keyboard shortcuts",
  keys: "Keyboard shortcuts",
  shortcuts: {
    everywhere: "Everywhere",
    palette: "Go to a link, a page, a range or an action",
    commandKey: "Ctrl or ⌘",
    range: "Range",
    filtersAndViews: "Filters and views",
    addFilter: "Add a filter",
    openViews: "Open saved views",
    clearFilters: "Clear all filters, keep dates",
    inList: "In a list",
    walk: "Move up and down",
    space: "Space",
    tick: "Select a value",
    enter: "Enter",
    choose: "Choose or apply",
    escape: "Esc",
    close: "Close",
  },
} as const;
