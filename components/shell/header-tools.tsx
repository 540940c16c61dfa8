"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useState, useSyncExternalStore } from "react";
import { Kbd, useShortcut } from "@/components/ui/use-shortcut";

const load = () => import("./palette");
const Palette = dynamic(() => load().then((file) => file.Palette), { ssr: false });
const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog").then((file) => file.ShortcutsDialog), {
  ssr: false,
});

/** A computer's platform doesn't change. */
const never = () => () => {};

/** The command palette, behind a button and `Ctrl/Cmd K`, and the list of keys behind `?`. */
export function HeaderTools() {
  const [opened, setOpened] = useState<"palette" | "keys" | null>(null);
  const isMac = useSyncExternalStore(
    never,
    () => /Mac|iP/.test(navigator.platform),
    () => false,
  );
  useShortcut("mod+k", () => setOpened("palette"));
  useShortcut("?", () => setOpened("keys"));
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        aria-label="Go to anything"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpened("palette")}
        className="flex h-9 items-center gap-2 rounded-lg px-2.5 text-muted hover:bg-raised hover:text-ink sm:border sm:border-line sm:bg-surface sm:pr-2"
      >
        <Search aria-hidden className="size-4" />
        <span aria-hidden className="max-lg:hidden">
          Go to …
        </span>
        <span aria-hidden className="max-sm:hidden">
          <Kbd>{isMac ? "⌘ K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      {opened === "palette" && (
        <Palette
          onKeys={() => setOpened("keys")}
          onClose={() => setOpened((now) => (now === "palette" ? null : now))}
        />
      )}
      {opened === "keys" && <ShortcutsDialog onClose={() => setOpened(null)} />}
    </>
  );
}
