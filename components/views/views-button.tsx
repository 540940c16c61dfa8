"use client";

import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useShortcut } from "@/components/ui/use-shortcut";
import type { CurrentPage } from "@/lib/account/views/view";

const load = () => import("./views-menu");
const ViewsMenu = lazy(async () => ({ default: (await load()).ViewsMenu }));

type Props = {
  current: CurrentPage;
  /** What the button shows. It may come later: the button stays the same, so a menu that is open stays open. */
  children: ReactNode;
};

/** Opens the saved views; `V` does, too. */
export function ViewsButton({ current, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useShortcut("v", () => setAnchor(button.current));
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="V"
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => setAnchor(event.currentTarget)}
        className="flex h-9 max-w-60 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised print:hidden"
      >
        {children}
      </button>
      {anchor && (
        <Suspense>
          <ViewsMenu anchor={anchor} current={current} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
