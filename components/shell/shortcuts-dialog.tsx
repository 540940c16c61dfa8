"use client";

import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/use-shortcut";
import { RANGE_SHORTCUTS } from "@/lib/question/presets";

/** One shortcut. The entries of `keys` are pressed together. */
export type Shortcut = { keys: readonly string[]; does: string };

type ShortcutGroup = { title: string; shortcuts: readonly Shortcut[] };

/** All keyboard shortcuts. They are inactive while typing or while a dialog is open. */
const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: ["Ctrl or ⌘", "K"], does: "Go to a link, a page, a range or an action" },
      { keys: ["?"], does: "Show keyboard shortcuts" },
      { keys: ["1"], does: "Overview" },
      { keys: ["2"], does: "Links" },
      { keys: ["3"], does: "Events" },
      { keys: ["4"], does: "Compare" },
    ],
  },
  { title: "Range", shortcuts: RANGE_SHORTCUTS.map(({ shown, does }) => ({ keys: [shown], does })) },
  {
    title: "Filters and views",
    shortcuts: [
      { keys: ["F"], does: "Add a filter" },
      { keys: ["V"], does: "Open saved views" },
    ],
  },
  {
    title: "In a list",
    shortcuts: [
      { keys: ["↑ ↓"], does: "Move up and down" },
      { keys: ["Space"], does: "Select a value" },
      { keys: ["Enter"], does: "Choose or apply" },
      { keys: ["Esc"], does: "Close" },
    ],
  },
];

/** All keyboard shortcuts. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label="Keyboard shortcuts" width={440} onClose={onClose}>
      <div className="flex shrink-0 items-center justify-between border-line border-b py-1.5 pr-2 pl-5">
        <h2 className="font-semibold">Keyboard shortcuts</h2>
        <CloseButton />
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
        tabIndex={0}
        data-autofocus
        className="-outline-offset-2 grid min-h-0 gap-5 overflow-y-auto overscroll-contain px-5 py-4 sm:rounded-b-xl"
      >
        {SHORTCUTS.map(({ title, shortcuts }) => (
          <section key={title} className="grid gap-1">
            <h3 className="font-medium text-muted text-xs">{title}</h3>
            <dl className="grid">
              {shortcuts.map(({ keys, does }) => (
                <div
                  key={does}
                  className="flex items-center justify-between gap-4 border-line border-b py-2 last:border-0"
                >
                  <dt className="order-2 flex shrink-0 items-center gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
