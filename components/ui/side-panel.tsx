"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useId, useLayoutEffect, useRef } from "react";
import { useHeightAbove } from "./height-above";
import { IconButton } from "./icon-button";
import { isForPage } from "./use-shortcut";

/** From here on there is room for a panel beside a list: Tailwind's `lg`. */
const WIDE = "(min-width: 64rem)";

const SHEET =
  "fixed inset-y-0 right-0 left-auto z-30 m-0 h-dvh max-h-none w-full max-w-none overflow-y-auto overscroll-contain border-line bg-surface text-ink shadow-2xl outline-none backdrop:bg-black/40 sm:w-[34rem] sm:border-l print:hidden";
/** Ends where the window does, also while the page hasn't been scrolled as far as the panel sticks. */
const BESIDE =
  "lg:sticky lg:inset-auto lg:top-[calc(var(--under,3.5rem)+1rem)] lg:z-0 lg:h-auto lg:max-h-[max(20rem,calc(100dvh-var(--top,14rem)-1rem))] lg:w-full lg:overscroll-auto lg:rounded-2xl lg:border lg:shadow-card";

/** What closes it while it isn't modal, besides its button. */
const CLOSED_BY = { list: "none", figures: "closerequest" } as const;

/** Keeps `--top`, the distance of an element to the top of the window. */
function followTop(element: HTMLElement): () => void {
  const measure = () => element.style.setProperty("--top", `${Math.max(0, element.getBoundingClientRect().top)}px`);
  measure();
  const gone = new AbortController();
  window.addEventListener("scroll", measure, { passive: true, signal: gone.signal });
  window.addEventListener("resize", measure, { signal: gone.signal });
  return () => gone.abort();
}

/** What had the focus when a panel came; null if nothing had it. */
function openerOf(panel: HTMLElement): HTMLElement | null {
  const { activeElement } = document;
  const isOpener = activeElement instanceof HTMLElement && activeElement !== document.body;
  return isOpener && !panel.contains(activeElement) ? activeElement : null;
}

/** Changes the page, for which there will be another width, without moving `element` in the window. */
function withoutMoving(element: HTMLElement | null, change: () => void): void {
  const before = element?.getBoundingClientRect().top ?? 0;
  change();
  if (element?.isConnected) window.scrollBy(0, element.getBoundingClientRect().top - before);
}

type Props = {
  title: string;
  /** Below the title. */
  note?: string;
  /** What it shows: when this changes, the panel stays open and scrolls to the top. */
  of?: string;
  /**
   * Where there is room for both, it stands in the page beside what it explains, and isn't modal. Beside a list the focus
   * and the keys stay the list's; beside figures it takes the focus, and Escape closes it.
   */
  beside?: "list" | "figures";
  /** Whether what it shows is about to change. */
  busy?: boolean;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A modal dialog at the right edge, full screen on a phone. Escape and a click beside it close it. With `beside` it is
 * part of the page on a wide screen.
 */
export function SidePanel({ title, note, of = "", beside, busy = false, actions, onClose, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const opener = useRef<HTMLElement>(null);
  const listens = useRef(false);
  const close = useEffectEvent(onClose);
  useHeightAbove();

  // Before the panel takes the focus. What it shows may be asked for from elsewhere while it is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is shown
  useLayoutEffect(() => {
    if (dialog.current) opener.current = openerOf(dialog.current) ?? opener.current;
  }, [of]);

  useLayoutEffect(() => {
    const element = dialog.current;
    if (beside !== "figures" || !element) return;
    element.hidden = true;
    withoutMoving(opener.current, () => {
      element.hidden = false;
    });
  }, [beside]);

  // Before the first paint: an earlier key would close what isn't modal yet, and lose the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts anew when something else is shown
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!listens.current && !element.open) {
      // The browser closes the server's dialog even before a script runs.
      close();
      return;
    }
    listens.current = true;
    const wide = window.matchMedia(WIDE);
    const place = () => {
      const isModal = !beside || !wide.matches;
      element.setAttribute("closedby", isModal ? "any" : CLOSED_BY[beside]);
      if (isModal && !element.matches(":modal")) {
        // The server renders it open, so that it is in the first paint; then it is made modal.
        element.removeAttribute("open");
        element.showModal();
      } else if (!isModal && element.matches(":modal")) {
        element.close();
        element.setAttribute("open", "");
      }
      if (isModal || beside === "figures") element.focus({ preventScroll: true });
    };
    place();
    element.scrollTop = 0;
    wide.addEventListener("change", place);
    return () => wide.removeEventListener("change", place);
  }, [of, beside]);

  useEffect(() => (beside && dialog.current ? followTop(dialog.current) : undefined), [beside]);

  function shut(): void {
    const element = dialog.current;
    if (element?.matches(":modal")) element.close();
    else if (beside === "list") onClose();
    else withoutMoving(opener.current, () => element?.close());
  }

  // Not every browser closes it by itself.
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isForPage(event) || !dialog.current?.checkVisibility()) return;
    event.preventDefault();
    shut();
  });
  useEffect(() => {
    if (beside !== "figures") return;
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [beside]);

  return (
    <dialog
      ref={dialog}
      open
      // The dialog has the focus until something inside is chosen, and scrolls by keyboard.
      tabIndex={-1}
      closedby={beside ? CLOSED_BY[beside] : "any"}
      aria-labelledby={id}
      aria-busy={busy}
      onClose={() => {
        // Not when it was closed to be opened beside the page.
        if (dialog.current?.open) return;
        opener.current?.focus({ preventScroll: true });
        onClose();
      }}
      className={`${SHEET} ${beside ? BESIDE : ""}`}
    >
      <div className="sticky top-0 z-10 flex min-h-14 items-center gap-1 border-line border-b bg-surface py-2 pr-2 pl-5">
        <div className="mr-2 min-w-0 flex-1">
          <h2 id={id} className="truncate font-semibold text-base">
            {title}
          </h2>
          {note && (
            <p aria-live="polite" className="truncate text-muted text-xs tabular-nums">
              {note}
            </p>
          )}
        </div>
        {actions}
        {/* Until the script has loaded the browser closes it. */}
        <form method="dialog" className="contents">
          <IconButton
            icon={X}
            label="Close"
            title="Close (Esc)"
            type="submit"
            onClick={(event) => {
              event.preventDefault();
              shut();
            }}
          />
        </form>
      </div>
      <div className={`@container ${busy ? "opacity-50" : ""}`}>{children}</div>
    </dialog>
  );
}
