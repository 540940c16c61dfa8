"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useRef, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { reveal } from "@/components/ui/reveal";
import { useShortcut } from "@/components/ui/use-shortcut";
import type { CurrentPage } from "@/lib/account/views/view";

const load = () => import("./views-menu");
const ViewsMenu = dynamic(() => load().then((file) => file.ViewsMenu), { ssr: false });

/** Opens the saved views; `V` does, too. Its content may come later: a menu that is open stays open. */
export function ViewsButton({ current, children }: { current: CurrentPage; children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useShortcut("v", () => {
    if (button.current) reveal(button.current);
    setAnchor(button.current);
  });
  return (
    <>
      <QuietButton
        ref={button}
        aria-haspopup="dialog"
        aria-keyshortcuts="V"
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => setAnchor(event.currentTarget)}
        className="max-w-60 print:hidden"
      >
        {children}
      </QuietButton>
      {anchor && <ViewsMenu anchor={anchor} current={current} onClose={() => setAnchor(null)} />}
    </>
  );
}
