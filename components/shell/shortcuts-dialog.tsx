"use client";

import { text } from "@/components/shell/palette-text";
import { CloseButton, Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/use-shortcut";
import { RANGE_SHORTCUTS } from "@/lib/question/ranges-text";

const words = text.shortcuts;

/** One thing that keys do. Every entry of `keys` is pressed together with the others. */
export type Shortcut = { keys: readonly string[]; does: string };

type ShortcutGroup = { title: string; shortcuts: readonly Shortcut[] };

/** All keyboard shortcuts. They are inactive while typing or while a dialog is open. */
const SHORTCUTS: readonly ShortcutGroup[] = [
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

/** Every key and what it does. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label={text.keys} width={440} onClose={onClose}>
      {(close) => (
        <>
          <div className="flex shrink-0 items-center justify-between border-line border-b py-1.5 pr-2 pl-5">
            <h2 className="font-semibold">{text.keys}</h2>
            <CloseButton onClose={close} />
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
        </>
      )}
    </Dialog>
  );
}
