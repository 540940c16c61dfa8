"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import {
  type CSSProperties,
  lazy,
  type MouseEvent,
  type PointerEvent,
  Suspense,
  type SyntheticEvent,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useTransition,
} from "react";
import { IconLink } from "@/components/ui/icon-button";
import { Pending } from "@/components/ui/pending";
import { Sign } from "@/components/ui/row-icon";
import type { RowSign } from "@/components/ui/row-sign";
import type { DimensionKey } from "@/lib/click/dimensions";
import { type Change, QuietChange } from "./change";

const load = () => import("./facet-actions");
const FacetActions = lazy(async () => ({ default: (await load()).FacetActions }));

type Place = { country: string | null; region: string | null };

/** A value with its numbers, as they are shown. What it hasn't is left out. */
export type FacetRow = {
  value: string | null;
  /** Cities are chosen with their place. */
  place?: Place;
  text: string;
  /** A secondary text, such as a city's country. */
  note?: string;
  sign: RowSign;
  clicks: string;
  share: string;
  /** Of the bar, in percent. */
  width: number;
  /** Its share among all clicks of the range. */
  usual?: { width: number; share: string };
  change?: Change;
  /** How the filters treat it. */
  choice?: "is" | "isNot";
  /** Where choosing it leads, between the ends that all rows have; missing where nothing is chosen. */
  href?: string;
  /** The page of a link. */
  open?: string;
};

const CHOICE_LOOKS = { is: "font-semibold", isNot: "text-muted line-through" } as const;

function RowText({ row: { value, text, note, sign, choice } }: { row: FacetRow }) {
  return (
    <span className="facet-name">
      {choice === "is" && <Check aria-hidden className="-mr-1 size-4 shrink-0 text-accent" />}
      <Sign of={sign} />
      <span className={`truncate ${value === null ? "text-muted" : ""} ${choice ? CHOICE_LOOKS[choice] : ""}`.trim()}>
        {text}
      </span>
      {choice === "isNot" && <span className="sr-only">, excluded</span>}
      {note && <span className="facet-note">{note}</span>}
    </span>
  );
}

type RowLinkProps = { row: FacetRow; href: string | null; isPending: boolean; onClick: (event: MouseEvent) => void };

function RowLink({ row, href, isPending, onClick }: RowLinkProps) {
  const { text, note, width, usual, choice } = row;
  const look = {
    title: [text, note, usual && `${usual.share} of all clicks`].filter(Boolean).join(" · "),
    className: "facet-link",
    style: { "--bar": `${width}%`, ...(usual && { "--usual": `${usual.width}%` }) } as CSSProperties,
  };
  if (href === null)
    return (
      <div {...look}>
        <RowContent row={row} />
      </div>
    );
  return (
    <a {...look} href={href} onClick={onClick} aria-current={choice === "is" ? "true" : undefined}>
      {isPending && (
        <>
          <span aria-hidden className="absolute inset-0 motion-safe:animate-pulse rounded-md bg-accent/15" />
          <Pending />
        </>
      )}
      <RowContent row={row} />
    </a>
  );
}

function RowContent({ row }: { row: FacetRow }) {
  const { clicks, share, change } = row;
  return (
    <>
      <RowText row={row} />
      <span className="facet-clicks">{clicks}</span>
      <span className={change ? "facet-share max-sm:hidden" : "facet-share"}>{share}</span>
      {change && (
        <span className="facet-change">
          <QuietChange change={change} />
        </span>
      )}
    </>
  );
}

/**
 * Leads from row to row. Values that are added quickly, one after the other, add up: there is one navigation at a time,
 * and each goes to the page with all values so far.
 */
function useFacetPages() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  /** The page with all values that were added so far, and the one that the router is on its way to. */
  const wanted = useRef<string | null>(null);
  const asked = useRef<string | null>(null);

  function go(href: string): void {
    asked.current = href;
    startTransition(() => router.push(href, { scroll: false }));
  }
  const goOn = useEffectEvent(() => {
    const next = wanted.current === asked.current ? null : wanted.current;
    asked.current = null;
    if (next === null) wanted.current = null;
    else go(next);
  });
  useEffect(() => {
    if (!isPending) goOn();
  }, [isPending]);

  return {
    isPending,
    /** Where a value is added to: the page that is to come, or null for the present one. */
    wanted: () => wanted.current,
    add(href: string): void {
      wanted.current = href;
      if (asked.current === null) go(href);
    },
    follow(href: string): void {
      wanted.current = null;
      go(href);
    },
  };
}

type Props = {
  dimension: DimensionKey;
  /** Query string of `/api/v1/analytics` for the view, for previews and lists of clicks; null where there are none. */
  query: string | null;
  /** Of all addresses. */
  ends: { start: string; end: string };
  rows: readonly FacetRow[];
};

const idOf = ({ value, place }: FacetRow): string => JSON.stringify([value, place]);

/**
 * Rows of a card: each chooses its value. The one under the pointer or with the focus gets its actions; they are loaded
 * when first needed.
 */
export function FacetRows({ dimension, query, ends, rows }: Props) {
  /** The row with its actions, and the one that was pressed. */
  const [active, setActive] = useState<string | null>(null);
  const [pressed, setPressed] = useState<string | null>(null);
  const pages = useFacetPages();
  const hrefOf = ({ href }: FacetRow) => (href === undefined ? null : ends.start + href + ends.end);

  /** With Shift, Ctrl or Cmd a click adds the value where it can be added, and is a plain one where it can't. */
  async function choose(event: MouseEvent, row: FacetRow): Promise<void> {
    const own = hrefOf(row);
    if (event.altKey || own === null) return;
    event.preventDefault();
    setPressed(idOf(row));
    if (!(event.shiftKey || event.ctrlKey || event.metaKey)) return pages.follow(own);
    const { addHref } = await load();
    const more = addHref(row, dimension, pages.wanted() ?? window.location.href);
    if (more) pages.add(more);
    else if (pages.wanted() === null) pages.follow(own);
  }

  const enter = (row: FacetRow) => (event: SyntheticEvent | PointerEvent) => {
    if (!("pointerType" in event) || event.pointerType === "mouse") setActive(idOf(row));
  };
  return (
    <ol
      className="grid grid-cols-1 gap-0.5 p-1.5"
      onPointerLeave={() => setActive(null)}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && setActive(null)}
    >
      {rows.map((row) => {
        const id = idOf(row);
        return (
          <li key={id} className="facet" onPointerOver={enter(row)} onFocus={enter(row)}>
            <RowLink
              row={row}
              href={hrefOf(row)}
              isPending={pages.isPending && pressed === id}
              onClick={(event) => void choose(event, row)}
            />
            {row.open && (
              <IconLink small icon="after" label={`Open ${row.text}`} title="Open link page" href={row.open} />
            )}
            {active === id && row.href !== undefined && (
              <Suspense>
                <FacetActions row={row} dimension={dimension} query={query} />
              </Suspense>
            )}
          </li>
        );
      })}
    </ol>
  );
}
