"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";
import { center, keepOneStop, linkAt, linksIn } from "./field-links";
import { LinkHints } from "./link-hints";
import { neighbour } from "./neighbour";

const isModified = ({ altKey, ctrlKey, metaKey }: KeyboardEvent | MouseEvent) => altKey || ctrlKey || metaKey;

/**
 * Many plain links side by side, such as a map's countries or a grid's cells. They work without this; with it they are
 * one stop of the Tab key and arrow keys go to the neighbour, their names are shown where the pointer or the focus is,
 * and following one keeps the rest of the page.
 */
export function LinkField({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  // After every change: the links may be others.
  useEffect(() => {
    if (ref.current) keepOneStop(ref.current);
  });

  useEffect(() => {
    const field = ref.current;
    if (!field) return;
    const onKey = (event: KeyboardEvent) => {
      const link = linkAt(event.target);
      if (!link || isModified(event)) return;
      const links = linksIn(field);
      const next = links[neighbour(links.map(center), center(link), event.key) ?? -1];
      if (!next) return;
      event.preventDefault();
      keepOneStop(field, next);
      next.focus();
    };
    const onClick = (event: MouseEvent) => {
      const href = linkAt(event.target)?.getAttribute("href");
      // The browser's own: another tab or window, or a download.
      if (!href || event.button !== 0 || event.shiftKey || isModified(event)) return;
      event.preventDefault();
      startTransition(() => router.push(href, { scroll: false }));
    };
    const listening = new AbortController();
    field.addEventListener("keydown", onKey, listening);
    field.addEventListener("click", onClick, listening);
    return () => listening.abort();
  }, [router]);

  return (
    <div ref={ref} aria-busy={pending} className="relative motion-safe:transition-opacity aria-busy:opacity-60">
      {children}
      <LinkHints field={ref} />
    </div>
  );
}
