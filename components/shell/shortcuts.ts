import { RANGE_SHORTCUTS } from "@/lib/question/presets";
import { text } from "@/lib/text/palette";

const words = text.shortcuts;

/** One thing that keys do. Every entry of `keys` is pressed together with the others. */
export type Shortcut = { keys: readonly string[]; does: string };

export type ShortcutGroup = { title: string; shortcuts: readonly Shortcut[] };

/** All keys, as the help lists them. None does anything while somebody types or a dialog is open. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: words.everywhere,
    shortcuts: [
      { keys: [words.commandKey, "K"], does: words.palette },
      { keys: ["?"], does: text.showKeys },
    ],
  },
  {
    title: words.range,
    shortcuts: RANGE_SHORTCUTS.map(({ shown, does }) => ({ keys: [shown], does })),
  },
  {
    title: words.filtersAndViews,
    shortcuts: [
      { keys: ["F"], does: words.addFilter },
      { keys: ["V"], does: words.openViews },
      { keys: [words.escape], does: words.clearFilters },
    ],
  },
  {
    title: words.inList,
    shortcuts: [
      { keys: ["↑ ↓"], does: words.walk },
      { keys: [words.space], does: words.tick },
      { keys: [words.enter], does: words.choose },
      { keys: [words.escape], does: words.close },
    ],
  },
];
