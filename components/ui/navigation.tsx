"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useTransition } from "react";
import { useIsLate } from "./pending";
import { isPlainClick } from "./plain-click";

/**
 * Follows the links of a page without loading the next one from the start. Pages aren't fetched in advance: each queries
 * the database. Figures are dimmed while the next page takes a moment. A link with a target is left to the browser, which
 * with `_self` loads the page from the start.
 */
export function Navigation({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const isLate = useIsLate(isPending);

  function follow(event: MouseEvent): void {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[href]");
    if (!link || event.defaultPrevented || !isPlainClick(event) || link.target || link.hasAttribute("download")) return;
    const href = link.getAttribute("href") ?? "";
    // Places on the page, and other sites.
    if (!/^\/(?!\/)/.test(href)) return;
    event.preventDefault();
    const move = link.dataset.replace === undefined ? router.push : router.replace;
    startTransition(() => move(href, { scroll: link.dataset.stay === undefined }));
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only helps with the links inside
    <div onClick={follow} data-pending={isLate ? "" : undefined} className="contents">
      {children}
    </div>
  );
}
