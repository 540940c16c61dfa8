import { RANGE_SHORTCUTS } from "@/lib/query/presets";

/** One thing that keys do. Every entry of `keys` is pressed together with the others. */
export type Shortcut = { keys: readonly string[]; does: string };

export type ShortcutGroup = { title: string; shortcuts: readonly Shortcut[] };

/** All keys, as the help lists them. None does anything while somebody types or a dialog is open. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: ["Ctrl or ⌘", "K"], does: "Go to a link, a page, a range or an action" },
      { keys: ["?"], does: "Show all keys" },
    ],
  },
  {
    title: "Range",
    shortcuts: RANGE_SHORTCUTS.map(({ shown, does }) => ({ keys: [shown], does })),
  },
  {
    title: "Filters and views",
    shortcuts: [
      { keys: ["F"], does: "Add a filter" },
      { keys: ["V"], does: "Open the saved views" },
      { keys: ["Esc"], does: "Clear all filters; the dates stay" },
    ],
  },
  {
    title: "In a list",
    shortcuts: [
      { keys: ["↑ ↓"], does: "Go through it" },
      { keys: ["Space"], does: "Tick a value" },
      { keys: ["Enter"], does: "Choose, or apply" },
      { keys: ["Esc"], does: "Close" },
    ],
  },
];
