"use client";

import { ArrowUp, ChevronDown, Columns3, Download } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { QuietButton, TextButton } from "@/components/ui/button";
import { Nothing } from "@/components/ui/card";
import { inFull } from "@/components/ui/numbers";
import { Popover } from "@/components/ui/popover";
import { remember } from "@/components/ui/remember";
import { Beside } from "@/components/views/beside";
import { ExportForm } from "@/components/views/export-form";
import { usePowers } from "@/components/views/powers";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { type ColumnKey, DEFAULT_COLUMNS } from "@/lib/question/columns";
import { ColumnMenu } from "./column-menu";
import { EventGrid, heightsIn, useVisibleRows } from "./event-grid";
import { daysOf, topOf } from "./event-layout";
import {
  CLICK_PARAM,
  COLUMNS_COOKIE,
  EVENTS_PATH,
  type EventPage,
  fetchEvents,
  PAGE_SIZE,
  SIGNED_OUT,
  widthOf,
} from "./event-page";

/** What was loaded last: who comes back finds the list as long as it was, and so their place. */
let kept: (EventPage & { query: string }) | null = null;

const isSameList = (page: EventPage, query: string): boolean =>
  kept !== null && kept.query === query && kept.rows[0]?.seq === page.rows[0]?.seq;

/** The clicks loaded so far, and a function to load more. `problem`: error of the last attempt. */
function useEventPages(first: EventPage, query: string) {
  const [loaded, setLoaded] = useState(() => (kept && isSameList(first, query) ? kept : first));
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Scrolling asks more often than React renders.
  const busy = useRef(false);

  async function loadMore(): Promise<void> {
    if (busy.current || loaded.older === null) return;
    busy.current = true;
    setLoading(true);
    setProblem(null);
    const page = await fetchEvents(query, PAGE_SIZE, loaded.older);
    if ("problem" in page) setProblem(page.problem);
    else {
      kept = { query, rows: [...loaded.rows, ...page.rows], older: page.older };
      setLoaded(kept);
    }
    setLoading(false);
    busy.current = false;
  }

  return { ...loaded, loading, problem, loadMore };
}

const EVERY_MS = 15_000;

/** Whether a newer click than those of the list has arrived; polled only while the page is visible. */
function useNewerEvents(query: string, newest: string | undefined): boolean {
  const [isNewer, setIsNewer] = useState(false);
  useEffect(() => {
    if (isNewer) return;
    const timer = setInterval(async () => {
      if (document.visibilityState !== "visible") return;
      const page = await fetchEvents(query, 1, null);
      // It may work the next time.
      const first = "problem" in page ? undefined : page.rows[0];
      if (first && first.seq !== newest) setIsNewer(true);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [query, newest, isNewer]);
  return isNewer;
}

/** A button back to the top when new clicks have arrived. It overlays the page, so that nothing moves. */
function NewerEvents({ href, isNewer }: { href: string; isNewer: boolean }) {
  return (
    <p role="status" className="pointer-events-none fixed inset-x-0 bottom-3 z-20 text-center print:hidden">
      {isNewer && (
        // Not the router's link: the whole list is loaded again.
        <a
          href={href}
          target="_self"
          className="pointer-events-auto inline-flex h-9 items-center gap-2 rounded-full border border-line bg-surface px-4 font-medium text-accent shadow-lg hover:bg-raised"
        >
          <ArrowUp aria-hidden className="size-4" />
          New clicks
        </a>
      )}
    </p>
  );
}

/** Foot of the list: how much is loaded, and a button for those who don't scroll. */
function EventsFoot({ rows, older, loading, problem, loadMore }: ReturnType<typeof useEventPages>) {
  const isAll = older === null;
  const all = rows.length === 1 ? "1 click shown" : `All ${inFull(rows.length)} clicks shown`;
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2 text-muted max-md:px-4">
      <p role="status" className={`tabular-nums ${problem ? "text-danger" : ""}`}>
        {problem ?? (isAll ? all : `${inFull(rows.length)} loaded`)}
      </p>
      {problem === SIGNED_OUT ? (
        // The page leads to the sign-in, and that back here.
        <TextButton onClick={() => location.reload()} className="py-1">
          Sign in and come back here
        </TextButton>
      ) : (
        !isAll && (
          <TextButton aria-busy={loading} onClick={() => void loadMore()} className="py-1 aria-busy:opacity-60">
            {problem ? "Try again" : loading ? "Loading…" : "Load more"}
          </TextButton>
        )
      )}
    </div>
  );
}

const CSV = "/api/export/events.csv";

type ListProps = {
  first: EventPage;
  query: string;
  columns: readonly ColumnKey[];
  empty: string;
  /** The click in the address, and its panel. */
  current: string | null;
  panel: ReactNode;
};

/** The list of clicks. It keeps loaded clicks until its query changes. */
function LoadedEvents({ first, query, columns, empty, current, panel }: ListProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const pages = useEventPages(first, query);
  const { rows, older, loading, problem, loadMore } = pages;
  const days = useMemo(() => daysOf(rows), [rows]);
  const ids = useMemo(() => rows.map(({ seq }) => seq), [rows]);
  const width = columns.reduce((sum, key) => sum + widthOf(key), 0);
  const visible = useVisibleRows(body, days, rows.length, width);
  const isNewer = useNewerEvents(query, rows[0]?.seq);
  const params = new URLSearchParams(query);

  const isAtEnd = visible !== null && visible.last >= rows.length;
  useEffect(() => {
    // After a failure the reader decides when to retry.
    if (isAtEnd && older !== null && !loading && problem === null) void loadMore();
  });

  /** Scrolls as little as shows a row whole, between what sticks to the top and the end of the window. */
  function reveal(seq: string) {
    const index = ids.indexOf(seq);
    if (!body.current || index < 0) return;
    const heights = heightsIn(body.current, days, rows.length);
    const top = body.current.getBoundingClientRect().top + topOf(index, days, heights);
    const above = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--under")) || 0;
    const free = { from: above + heights.row + heights.day, to: window.innerHeight - heights.row };
    if (top < free.from) window.scrollBy(0, top - free.from);
    else if (top + heights.row > free.to) window.scrollBy(0, top + heights.row - free.to);
  }

  return (
    <>
      <NewerEvents href={hrefTo(EVENTS_PATH, params)} isNewer={isNewer} />
      <Beside
        path={EVENTS_PATH}
        query={query}
        param={CLICK_PARAM}
        current={current}
        ids={ids}
        reveal={reveal}
        panel={panel}
      >
        {rows.length === 0 ? (
          <Nothing>{empty}</Nothing>
        ) : (
          <div className="card">
            <EventGrid
              rows={rows}
              rowCount={older === null ? rows.length : -1}
              days={days}
              visible={visible}
              columns={columns}
              width={width}
              query={query}
              body={body}
            />
            <EventsFoot {...pages} />
          </div>
        )}
      </Beside>
    </>
  );
}

type Props = Omit<ListProps, "columns"> & { chosen: ColumnKey[]; title: ReactNode; bar: ReactNode };

/** The page's title with the columns and the download, what is asked, and the list. */
export function EventsList({ chosen, title, bar, ...list }: Props) {
  const [columns, setColumns] = useState<readonly ColumnKey[]>(chosen);
  const powers = usePowers();
  const [choosing, setChoosing] = useState(false);
  const params = new URLSearchParams(list.query);

  function choose(next: ColumnKey[] | null) {
    setColumns(next ?? DEFAULT_COLUMNS);
    remember(COLUMNS_COOKIE, next?.join(",") ?? "");
  }

  return (
    <>
      <div className="flex items-center justify-between gap-4">
        {title}
        <div className="flex gap-2 print:hidden">
          <QuietButton aria-haspopup="dialog" onClick={() => setChoosing(true)}>
            <Columns3 aria-hidden className="size-4 text-muted" />
            <span className="max-sm:sr-only">Columns</span>
          </QuietButton>
          {powers.includes("export") && (
            <>
              <a href={hrefTo(CSV, params)} download title="All clicks in this list, with all columns" className="tool">
                <Download aria-hidden className="size-4 text-muted" />
                CSV
              </a>
              <Popover
                id="more-exports"
                label="Export"
                later
                buttonClass="tool"
                panelClass="sm:w-72"
                button={
                  <>
                    <span className="sr-only">More formats</span>
                    <ChevronDown aria-hidden className="size-4 text-muted" />
                  </>
                }
              >
                <ExportForm
                  choices={["CSV", "NDJSON", "Parquet"].map((label) => ({
                    label,
                    href: hrefTo(`/api/export/events.${label.toLowerCase()}`, params),
                  }))}
                />
              </Popover>
            </>
          )}
        </div>
      </div>
      {bar}
      <LoadedEvents key={list.query} columns={columns} {...list} />
      {choosing && (
        <ColumnMenu
          columns={columns}
          csvHref={powers.includes("export") ? hrefTo(CSV, withParam(params, "columns", columns.join(","))) : null}
          onChange={choose}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}
