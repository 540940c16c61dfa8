"use client";

import { Bookmark } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useShortcut } from "@/components/ui/use-shortcut";
import type { CurrentPage } from "./view-change";

const load = () => import("./views-menu");
const ViewsMenu = lazy(async () => ({ default: (await load()).ViewsMenu }));

type Props = {
  current: CurrentPage;
  /** Name of the saved view that the page shows. */
  name: string | null;
};

/** Opens the saved views; `V` does, too. */
export function ViewsButton({ current, name }: Props) {
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
        aria-label={name === null ? "Views" : `Views: ${name}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => setAnchor(event.currentTarget)}
        className="flex h-9 max-w-60 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised print:hidden"
      >
        <Bookmark aria-hidden className={`size-4 shrink-0 ${name ? "fill-accent text-accent" : "text-muted"}`} />
        <span className="truncate">{name ?? "Views"}</span>
      </button>
      {anchor && (
        <Suspense>
          <ViewsMenu anchor={anchor} current={current} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
