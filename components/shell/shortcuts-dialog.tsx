"use client";

import { CloseButton } from "@/components/ui/close-button";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { text } from "@/lib/text/palette";
import { SHORTCUTS } from "./shortcuts";

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
