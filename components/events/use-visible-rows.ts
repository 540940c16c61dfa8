import { type RefObject, useEffect, useState } from "react";

/** Rows beyond each edge: enough for the keyboard and a flick of the wheel. */
const BEYOND = 15;

export type Visible = { first: number; last: number };

/**
 * Which of `count` equally high rows are near what can be seen of a table's body, whether the frame around it scrolls or
 * the window does. Null before it was measured: then all are drawn, as the server does.
 */
export function useVisibleRows(
  body: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  count: number,
): Visible | null {
  const [visible, setVisible] = useState<Visible | null>(null);
  useEffect(() => {
    function measure() {
      if (!body.current || !frame.current || count === 0) return;
      const rows = body.current.getBoundingClientRect();
      const edges = frame.current.getBoundingClientRect();
      const height = rows.height / count;
      const top = Math.max(edges.top, 0) - rows.top;
      const bottom = Math.min(edges.bottom, window.innerHeight) - rows.top;
      const first = Math.max(0, Math.floor(top / height) - BEYOND);
      const last = Math.min(count, Math.ceil(bottom / height) + BEYOND);
      setVisible((known) => (known?.first === first && known.last === last ? known : { first, last }));
    }
    measure();
    // Captured: scrolling does not bubble.
    window.addEventListener("scroll", measure, { capture: true, passive: true });
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("scroll", measure, { capture: true });
      window.removeEventListener("resize", measure);
    };
  }, [body, frame, count]);
  return visible;
}
