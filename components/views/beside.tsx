"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useRouter } from "next/navigation";
import {
  type ComponentProps,
  createContext,
  lazy,
  type MouseEvent,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useTransition,
} from "react";
import { useHeightAbove } from "@/components/ui/height-above";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { isPlainClick } from "@/components/ui/plain-click";
import { isForPage } from "@/components/ui/use-shortcut";
import { hrefTo } from "@/lib/question/codec/query-string";

const SidePanel = lazy(async () => ({ default: (await import("@/components/ui/side-panel")).SidePanel }));

type Selection = {
  /** The row whose panel is open, or is about to be; null without one. */
  selected: string | null;
  isLoading: boolean;
  /** The rows above and below it; null at the ends of the list. */
  previous: string | null;
  next: string | null;
  hrefOf: (id: string | null) => string;
  open: (id: string) => void;
  close: () => void;
};

const SelectionContext = createContext<Selection | null>(null);

/** The list's selected row. @throws outside of `Beside` */
export function useSelection(): Selection {
  const selection = use(SelectionContext);
  if (!selection) throw new Error("There is no list with a panel around this");
  return selection;
}

const STEPS: Record<string, "previous" | "next"> = { ArrowUp: "previous", k: "previous", ArrowDown: "next", j: "next" };

/** A click on a row's empty part opens it; text can still be selected. */
function openRow(event: MouseEvent<HTMLElement>): void {
  const target = event.target as Element;
  if (target.closest("a, button, input, label") || document.getSelection()?.isCollapsed === false) return;
  const link = openerOf(target.closest("[data-row]"));
  link?.focus({ preventScroll: true });
  link?.click();
}

/** The visible one: phones and wide screens show different links. */
const openerOf = (row: Element | null | undefined) =>
  [...(row?.querySelectorAll<HTMLElement>("[data-open]") ?? [])].find((link) => link.offsetParent !== null);

type Props = {
  /** Path and query string of the list, and the parameter that names the row whose panel is open. */
  path: string;
  query: string;
  param: string;
  /** That row in the address. */
  current: string | null;
  /** Rows from top to bottom. */
  ids: readonly string[];
  /** Scrolls to a row that may not be drawn; without it every row is. */
  reveal?: (id: string) => void;
  panel: ReactNode;
  children: ReactNode;
};

/**
 * A list of rows (`data-row`, each with an `OpenLink`) and the panel of the selected one: beside it on a wide screen, over
 * the page on others. The address says which. Arrow keys, J and K go on to the next row, Escape closes.
 */
export function Beside({ path, query, param, current, ids, reveal, panel, children }: Props) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  // What was chosen since, until the address says so; undefined when it does.
  const [wanted, setWanted] = useState<string | null | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const asked = useRef(wanted);
  const selected = wanted === undefined ? current : wanted;
  const at = selected === null ? -1 : ids.indexOf(selected);
  useHeightAbove();

  const rowOf = (id: string) => list.current?.querySelector(`[data-row="${CSS.escape(id)}"]`);
  const hrefOf = (id: string | null) => {
    const params = new URLSearchParams(query);
    if (id !== null) params.set(param, id);
    return hrefTo(path, params);
  };

  function open(id: string): void {
    const hadFocus = list.current?.contains(document.activeElement) ?? false;
    setWanted(id);
    if (reveal) reveal(id);
    else rowOf(id)?.scrollIntoView({ block: "nearest" });
    if (hadFocus) openerOf(rowOf(id))?.focus({ preventScroll: true });
  }

  function close(): void {
    const opener = selected === null ? undefined : openerOf(rowOf(selected));
    setWanted(null);
    opener?.focus({ preventScroll: true });
  }

  // One page at a time: of the rows that keys run through while it loads, only the last is asked for.
  const navigate = useEffectEvent(() => {
    if (wanted === undefined || isPending) return;
    const isOver = wanted === current || wanted === asked.current;
    asked.current = isOver ? undefined : wanted;
    // A key may have gone on since this was drawn.
    if (isOver) return setWanted((now) => (now === wanted ? undefined : now));
    // Back closes the panel, however many rows were looked at.
    const move = current === null ? router.push : router.replace;
    startTransition(() => move(hrefOf(wanted), { scroll: false }));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: these decide whether there is something to ask for
  useEffect(() => navigate(), [wanted, isPending, current]);

  const selection: Selection = {
    ...{ selected, isLoading: selected !== current, hrefOf, open, close },
    previous: ids[at - 1] ?? null,
    next: at < 0 ? null : (ids[at + 1] ?? null),
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if ((!step && event.key !== "Escape") || !isForPage(event)) return;
    event.preventDefault();
    if (!step) return close();
    const id = selection[step];
    if (id !== null) open(id);
  });
  useEffect(() => {
    if (selected === null) return;
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [selected]);

  return (
    <SelectionContext value={selection}>
      <div
        className={
          selected === null
            ? "grid grid-cols-1"
            : "grid grid-cols-1 items-start gap-x-4 lg:grid-cols-[minmax(0,1fr)_minmax(25rem,36%)]"
        }
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: each row has a link for the keyboard */}
        <div ref={list} onClick={openRow} className="grid min-w-0 grid-cols-1 gap-4">
          {children}
        </div>
        {selected !== null && (current === null ? <PanelSkeleton /> : panel)}
      </div>
    </SelectionContext>
  );
}

/** Holds the panel's place until it comes. On a small screen the panel covers the page when it is there. */
export function PanelSkeleton() {
  return (
    <div role="status" className="card h-96 p-5 max-lg:hidden">
      <span className="sr-only">Loading details</span>
      <div className="h-6 w-2/3 rounded-md bg-raised motion-safe:animate-pulse" />
      <div className="mt-6 h-40 rounded-md bg-raised motion-safe:animate-pulse" />
    </div>
  );
}

type OpenLinkProps = { id: string } & Omit<ComponentProps<typeof Link>, "id" | "href" | "scroll" | "onClick">;

/** Opens the panel of a row; every row has one. */
export function OpenLink({ id, ...props }: OpenLinkProps) {
  const { hrefOf, open } = useSelection();
  return (
    <Link
      data-open
      href={hrefOf(id)}
      scroll={false}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        open(id);
      }}
      {...props}
    />
  );
}

/** Look of the selected row, by its `aria-current`. */
export const SELECTED =
  "aria-[current=true]:bg-accent-soft aria-[current=true]:shadow-[inset_3px_0_0_var(--color-accent)]";

/** A row of a table, marked while its panel is open. */
export function OpenRow({ id, children }: { id: string; children: ReactNode }) {
  const { selected } = useSelection();
  return (
    <tr
      data-row={id}
      aria-current={selected === id ? "true" : undefined}
      className={`relative cursor-pointer scroll-mt-[calc(var(--under)+1rem)] scroll-mb-4 hover:bg-raised/60 ${SELECTED}`}
    >
      {children}
    </tr>
  );
}

type StepProps = { step: "previous" | "next"; noun: string };

function StepButton({ step, noun }: StepProps) {
  const selection = useSelection();
  const id = selection[step];
  const [icon, word, keys] = step === "previous" ? [ChevronUp, "Previous", "K or ↑"] : [ChevronDown, "Next", "J or ↓"];
  return (
    <IconButton
      icon={icon}
      label={`${word} ${noun}`}
      title={`${word} ${noun} (${keys})`}
      // Not `disabled`, which would lose the focus at the ends of the list.
      aria-disabled={id === null}
      onClick={() => id !== null && selection.open(id)}
      className="aria-disabled:cursor-default aria-disabled:opacity-30 aria-disabled:hover:bg-transparent"
    />
  );
}

type BesidePanelProps = Pick<ComponentProps<typeof SidePanel>, "title" | "note" | "of" | "children"> & {
  /** What a row is, such as "click". */
  noun: string;
};

/** The panel of a list's selected row. */
export function BesidePanel({ noun, ...props }: BesidePanelProps) {
  const { isLoading, close } = useSelection();
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <SidePanel
        beside="list"
        busy={isLoading}
        onClose={close}
        actions={
          <>
            <StepButton step="previous" noun={noun} />
            <StepButton step="next" noun={noun} />
          </>
        }
        {...props}
      />
    </Suspense>
  );
}
