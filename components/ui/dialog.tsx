"use client";

import { X } from "lucide-react";
import { createContext, type KeyboardEvent, type ReactNode, useContext, useLayoutEffect, useRef } from "react";
import { IconButton } from "./icon-button";

const CloseDialog = createContext(() => {});

/** Closes the surrounding dialog. */
export const useCloseDialog = () => useContext(CloseDialog);

/** Minimum distance to the edges of the window. */
const MARGIN = 12;
/** Height that a dialog needs below its button; with less room it moves up over it. */
const HEIGHT = 460;

type Props = {
  label: string;
  onClose: () => void;
  /** The button below which it opens; without one it is centred. On a phone it fills the screen. */
  anchor?: Element | null;
  width?: number;
  /** Changes with the content, which resets the focus. */
  step?: string;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  children: ReactNode;
};

function placeBelow(dialog: HTMLDialogElement, anchor: Element, width: number): void {
  const { left, bottom } = anchor.getBoundingClientRect();
  const top = Math.max(MARGIN, Math.min(bottom + 6, window.innerHeight - HEIGHT - MARGIN));
  dialog.style.setProperty("--left", `${Math.max(MARGIN, Math.min(left, window.innerWidth - width - MARGIN))}px`);
  dialog.style.setProperty("--top", `${top}px`);
}

/** A modal dialog, open while it is rendered. Initial focus: `data-autofocus`. */
export function Dialog({ label, onClose, anchor = null, width = 360, step = "", onKeyDown, children }: Props) {
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
    // Touching hasn't asked for the keyboard, which would cover half of the list.
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
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.target === ref.current && close()}
      className={`fixed m-0 flex-col outline-none overflow-hidden bg-surface text-ink open:flex max-sm:inset-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-full max-sm:max-w-none sm:w-(--width) sm:rounded-xl sm:border sm:border-line sm:shadow-xl ${place}`}
    >
      <CloseDialog value={close}>{children}</CloseDialog>
    </dialog>
  );
}

export function CloseButton() {
  return <IconButton icon={X} label="Close" onClick={useCloseDialog()} />;
}
