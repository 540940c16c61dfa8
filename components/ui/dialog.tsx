"use client";

import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { text } from "@/components/ui/text";

/** Least distance to the edges of the window. */
const MARGIN = 12;
/** What a dialog below its button should have room for; else it moves up over it. */
const HEIGHT = 460;

type Props = {
  label: string;
  /** After it was closed, in whichever way. */
  onClose: () => void;
  /** The button below which it opens; in the middle of the window without one. On a phone it fills the screen. */
  anchor?: HTMLElement | null;
  /** Pixels, on screens that have more. */
  width?: number;
  /** Changes with the content, which resets the focus. */
  step?: string;
  children: (close: () => void) => ReactNode;
};

function placeBelow(dialog: HTMLDialogElement, anchor: HTMLElement, width: number): void {
  const { left, bottom } = anchor.getBoundingClientRect();
  const top = Math.max(MARGIN, Math.min(bottom + 6, window.innerHeight - HEIGHT - MARGIN));
  dialog.style.setProperty("--left", `${Math.max(MARGIN, Math.min(left, window.innerWidth - width - MARGIN))}px`);
  dialog.style.setProperty("--top", `${top}px`);
}

/**
 * The browser's own modal dialog: it keeps the focus, hides the page from screen readers, closes on Escape and gives
 * the focus back. It is open as long as it is drawn, and begins at what has `data-autofocus`.
 */
export function Dialog({ label, onClose, anchor = null, width = 360, step = "", children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = () => ref.current?.close();
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    dialog.style.setProperty("--width", `${width}px`);
    if (anchor) placeBelow(dialog, anchor, width);
    if (!dialog.open) dialog.showModal();
  }, [anchor, width]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every step begins at its own place
  useLayoutEffect(() => {
    // A finger has not asked for the keyboard, which would cover half of the list.
    const isTouch = window.matchMedia("(pointer: coarse)").matches;
    const start = isTouch ? ref.current : ref.current?.querySelector<HTMLElement>("[data-autofocus]");
    start?.focus();
  }, [step]);
  const place = anchor
    ? "sm:top-(--top) sm:left-(--left) sm:max-h-[calc(100dvh-var(--top)-12px)] backdrop:bg-transparent max-sm:backdrop:bg-black/40"
    : "sm:top-[12dvh] sm:left-[calc(50%-var(--width)/2)] sm:max-h-[72dvh] backdrop:bg-black/40";
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      aria-label={label}
      onClose={onClose}
      onPointerDown={(event) => event.target === ref.current && close()}
      className={`fixed m-0 flex-col outline-none overflow-hidden bg-surface text-ink open:flex max-sm:inset-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-full max-sm:max-w-none sm:w-(--width) sm:rounded-xl sm:border sm:border-line sm:shadow-xl ${place}`}
    >
      {children(close)}
    </dialog>
  );
}

/** Closes the dialog that contains it. */
export function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <button
      type="button"
      aria-label={text.close}
      onClick={onClose}
      className="grid size-9 shrink-0 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
    >
      <X aria-hidden className="size-4" />
    </button>
  );
}
