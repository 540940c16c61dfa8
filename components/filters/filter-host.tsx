"use client";

import { ListFilter, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useRef, useState, useTransition } from "react";
import { QuietButton } from "@/components/ui/button";
import { reveal } from "@/components/ui/reveal";
import { Kbd, useShortcut } from "@/components/ui/use-shortcut";
import { hrefTo } from "@/lib/question/codec/query-string";
import type { Placed } from "@/lib/question/codec/write";

/** Why the menu is open: for a new condition, an existing one, or an alternative to one. */
export type FilterTarget =
  | { kind: "add" }
  | { kind: "edit"; place: Placed; labels: string[] }
  | { kind: "or"; place: Placed; words: string };

type Open = (target: FilterTarget, anchor: HTMLElement) => void;

const OpenMenu = createContext<Open>(() => {});

const load = () => import("./filter-menu");
const FilterMenu = dynamic(() => load().then((file) => file.FilterMenu), { ssr: false });

type Props = { linkId: string | null; children: ReactNode };

/** The chips, the button that adds a filter, and the menu for both. `F` opens it. */
export function FilterHost({ linkId, children }: Props) {
  const router = useRouter();
  const path = usePathname();
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState<{ target: FilterTarget; anchor: HTMLElement } | null>(null);
  const [pending, start] = useTransition();
  const open: Open = (target, anchor) => setOpened({ target, anchor });
  const go = (href: string) => start(() => router.push(href, { scroll: false }));
  useShortcut("f", () => {
    if (!button.current) return;
    reveal(button.current);
    open({ kind: "add" }, button.current);
  });
  return (
    <OpenMenu value={open}>
      {children}
      <QuietButton
        ref={button}
        aria-haspopup="dialog"
        aria-busy={pending}
        aria-keyshortcuts="F"
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => open({ kind: "add" }, event.currentTarget)}
        className="aria-busy:motion-safe:animate-pulse print:hidden"
      >
        <ListFilter aria-hidden className="size-4 text-muted" />
        Filter
        <span aria-hidden className="-mr-1 max-sm:hidden">
          <Kbd>F</Kbd>
        </span>
      </QuietButton>
      {opened && (
        <FilterMenu
          {...opened}
          linkId={linkId}
          onApply={(params) => go(hrefTo(path, params))}
          onClose={() => setOpened(null)}
        />
      )}
    </OpenMenu>
  );
}

type EditConditionProps = { place: Placed; labels: string[]; name: string; children: ReactNode };

/** A condition of a chip: opens it in the menu. */
export function EditCondition({ place, labels, name, children }: EditConditionProps) {
  const open = useContext(OpenMenu);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`Edit filter ${name}`}
      title={name}
      onClick={(event) => open({ kind: "edit", place, labels }, event.currentTarget)}
      className="flex h-8 min-w-0 items-center gap-1.5 truncate rounded-md px-1.5 hover:bg-raised"
    >
      {children}
    </button>
  );
}

/** Adds an alternative to the condition, at the end of a chip. */
export function AddAlternative({ place, words }: { place: Placed; words: string }) {
  const open = useContext(OpenMenu);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`Add an alternative to ${words}`}
      title="Add an alternative: clicks match if either is true"
      onClick={(event) => open({ kind: "or", place, words }, event.currentTarget)}
      className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink print:hidden"
    >
      <Plus aria-hidden className="size-3.5" />
    </button>
  );
}
