"use client";

import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { text } from "@/components/ui/text";

type Props = {
  title: string;
  /** What it is about: when that changes it stays open and starts at its top again. */
  of?: string;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A dialog at the right edge, the whole screen on a phone. The browser's own: it keeps the focus inside, gives it back,
 * and closes on Escape and on a click beside it.
 */
export function SidePanel({ title, of = "", onClose, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const listens = useRef(false);

  // Before the first paint: a key that came between it and this would close what is not modal yet, and lose the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing to show is what makes it start anew
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!listens.current && !element.open) {
      // The browser closes what the server drew also before there is a script to notice.
      onClose();
      return;
    }
    listens.current = true;
    if (!element.matches(":modal")) {
      // The server draws it open, so that it stands there from the first paint; only then can it be made modal.
      element.removeAttribute("open");
      element.showModal();
    }
    element.scrollTop = 0;
    element.focus({ preventScroll: true });
  }, [of]);

  return (
    <dialog
      ref={dialog}
      open
      // A dialog holds the focus itself until something in it is chosen, and scrolls by keyboard.
      tabIndex={-1}
      closedby="any"
      aria-labelledby={id}
      onClose={onClose}
      className="fixed inset-y-0 right-0 left-auto z-30 m-0 h-dvh max-h-none w-full max-w-none overflow-y-auto overscroll-contain border-line bg-surface text-ink shadow-2xl outline-none backdrop:bg-black/40 sm:w-[34rem] sm:border-l print:hidden"
    >
      <div className="sticky top-0 z-10 flex min-h-14 items-center gap-3 border-line border-b bg-surface py-2 pr-2 pl-5">
        <h2 id={id} className="min-w-0 flex-1 truncate font-semibold text-base">
          {title}
        </h2>
        <button
          type="button"
          aria-label={text.close}
          title={text.closeWithKey}
          onClick={() => dialog.current?.close()}
          className="grid size-10 shrink-0 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
        >
          <X aria-hidden className="size-5" />
        </button>
      </div>
      <div>{children}</div>
    </dialog>
  );
}
