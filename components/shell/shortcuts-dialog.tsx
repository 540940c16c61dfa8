"use client";

import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/use-shortcut";
import { RANGE_SHORTCUTS } from "@/lib/question/presets";
import { PAGES } from "./pages";

type Shortcut = [keys: string, does: string];

/** They are inactive while typing or while a dialog is open. Keys that are pressed together are separated by a plus. */
const SHORTCUTS: Record<string, Shortcut[]> = {
  Everywhere: [
    ["Ctrl or ⌘+K", "Go to a link, a page, a range or an action"],
    ["?", "Show keyboard shortcuts"],
    ...PAGES.flatMap(({ key, label }): Shortcut[] => (key ? [[key, label]] : [])),
  ],
  Range: RANGE_SHORTCUTS.map(({ shown, does }) => [shown, does]),
  "Filters and views": [
    ["F", "Add a filter"],
    ["V", "Open saved views"],
  ],
  "In a list": [
    ["↑ ↓", "Move up and down"],
    ["Space", "Select a value"],
    ["Enter", "Choose or apply"],
    ["Esc", "Close"],
  ],
};

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
        {Object.entries(SHORTCUTS).map(([title, shortcuts]) => (
          <section key={title} className="grid gap-1">
            <h3 className="font-medium text-muted text-xs">{title}</h3>
            <dl className="grid">
              {shortcuts.map(([keys, does]) => (
                <div
                  key={does}
                  className="flex items-center justify-between gap-4 border-line border-b py-2 last:border-0"
                >
                  <dt className="order-2 flex shrink-0 items-center gap-1">
                    {keys.split("+").map((key) => (
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
