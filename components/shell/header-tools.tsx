"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Link } from "@/components/ui/link";
import { Kbd, useShortcut } from "@/components/ui/use-shortcut";
import { hrefTo } from "@/lib/question/codec/query-string";
import { carried, type Page, type RangeChoice } from "./pages";

const load = () => import("./palette");
const Palette = dynamic(() => load().then((file) => file.Palette), { ssr: false });
const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog").then((file) => file.ShortcutsDialog), {
  ssr: false,
});

/** A computer's platform doesn't change. */
const never = () => () => {};

/** The command palette, behind a button and `Ctrl/Cmd K`, and the list of keys behind `?`. */
export function HeaderTools({ ranges }: { ranges: RangeChoice[] }) {
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
          ranges={ranges}
          onKeys={() => setOpened("keys")}
          onClose={() => setOpened((now) => (now === "palette" ? null : now))}
        />
      )}
      {opened === "keys" && <ShortcutsDialog onClose={() => setOpened(null)} />}
    </>
  );
}

type NavLinkProps = { page: Page; own: readonly string[]; icon?: ReactNode };

/** One entry of the main navigation; carries the question along. */
export function NavLink({ page: { href, label, key }, own, icon }: NavLinkProps) {
  const pathname = usePathname();
  const kept = carried(new URLSearchParams(useSearchParams()), pathname, href, own);
  const active = href === "/" ? pathname === "/" : pathname.startsWith(href);
  return (
    <Link
      href={hrefTo(href, kept)}
      aria-current={active ? "page" : undefined}
      aria-keyshortcuts={icon ? undefined : (key ?? undefined)}
      className={`font-medium text-muted hover:text-ink aria-[current=page]:text-ink ${icon ? "grid min-w-0 flex-1 justify-items-center gap-1 px-1 pt-2 pb-1.5 text-[11px] aria-[current=page]:text-accent" : "rounded-lg px-3 py-2 aria-[current=page]:bg-raised"}`}
    >
      {icon}
      {label}
    </Link>
  );
}
