"use client";

import { Columns3, Download } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { hrefTo } from "@/components/dashboard/view";
import { withParam } from "@/lib/question/codec/write";
import { type ColumnKey, DEFAULT_COLUMNS } from "@/lib/question/columns";
import { text } from "@/lib/text/events";
import { ColumnMenu } from "./column-menu";
import { rememberColumns } from "./columns-cookie";
import { EventGrid } from "./event-grid";
import { EVENTS_PATH, type EventPage } from "./event-page";
import { EventsFoot } from "./events-foot";
import { NewerEvents } from "./newer-events";
import { useEventPages } from "./use-event-pages";
import { useNewerEvents } from "./use-newer-events";
import { useVisibleRows } from "./use-visible-rows";

const CSV = "/api/export/events.csv";
const TOOL = "flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised";

type Props = {
  first: EventPage;
  /** The page's query string: which clicks. */
  query: string;
  /** The columns that were chosen at the last visit. */
  chosen: ColumnKey[];
  /** Said when there is no click. */
  empty: string;
  /** How many clicks there are. */
  total: ReactNode;
  /** What they are restricted to. */
  chips: ReactNode;
};

/** The list of clicks with what can be done with it. It keeps what was loaded until it is made for another query. */
export function EventsList({ first, query, chosen, empty, total, chips }: Props) {
  const [columns, setColumns] = useState<readonly ColumnKey[]>(chosen);
  const [choosing, setChoosing] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const { rows, older, loading, problem, loadMore } = useEventPages(first, query);
  const visible = useVisibleRows(body, frame, rows.length);
  const isNewer = useNewerEvents(query, rows[0]?.seq);
  const params = new URLSearchParams(query);

  const isAtEnd = visible !== null && visible.last >= rows.length;
  useEffect(() => {
    // After a failure it is for the reader to try again.
    if (isAtEnd && older !== null && !loading && problem === null) void loadMore();
  });

  function choose(next: ColumnKey[] | null) {
    setColumns(next ?? DEFAULT_COLUMNS);
    rememberColumns(next);
  }

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <p className="py-1.5 font-medium text-base tabular-nums">{total}</p>
        <div className="empty:hidden max-sm:order-last max-sm:w-full sm:min-w-0 sm:flex-1">{chips}</div>
        <div className="ml-auto flex gap-2 print:hidden">
          <button type="button" aria-haspopup="dialog" onClick={() => setChoosing(true)} className={TOOL}>
            <Columns3 aria-hidden className="size-4 text-muted" />
            {text.columns.title}
          </button>
          <a href={hrefTo(CSV, params)} download title={text.csvTitle} className={TOOL}>
            <Download aria-hidden className="size-4 text-muted" />
            {text.csv}
          </a>
        </div>
      </div>
      <NewerEvents href={hrefTo(EVENTS_PATH, params)} isNewer={isNewer} />
      {rows.length === 0 ? (
        <p className="rounded-2xl border border-line bg-surface px-6 py-16 text-center text-muted">{empty}</p>
      ) : (
        <div className="overflow-clip rounded-2xl border border-line bg-surface shadow-card">
          <div
            ref={frame}
            className="scroll-pt-11 md:max-h-[max(24rem,calc(100dvh-16.5rem))] md:overflow-auto print:max-h-none"
          >
            <EventGrid
              rows={rows}
              rowCount={older === null ? rows.length : -1}
              visible={visible}
              columns={columns}
              query={query}
              body={body}
            />
          </div>
          <EventsFoot
            loaded={rows.length}
            isAll={older === null}
            loading={loading}
            problem={problem}
            onMore={loadMore}
          />
        </div>
      )}
      {choosing && (
        <ColumnMenu
          columns={columns}
          csvHref={hrefTo(CSV, withParam(params, "columns", columns.join(",")))}
          onChange={choose}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}
