import { X } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import { SeriesMark } from "@/components/charts/series-mark";
import { text } from "@/components/compare/text";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { hrefTo, type View } from "@/components/views/view";
import { count, duration, minute, percent } from "@/lib/base/format";
import { withLinks, withParam } from "@/lib/question/codec/write";
import type { ComparedLink } from "./compared-link";

const NOTHING = "–";

/** One click has no half-life. */
const halfLife = ({ lifetime }: ComparedLink) =>
  lifetime && lifetime.clicks > 1 ? duration(lifetime.halfLife) : NOTHING;
const firstClick = ({ lifetime }: ComparedLink, zone: string) => (lifetime ? minute(lifetime.first, zone) : NOTHING);
const lastDay = ({ lifetime }: ComparedLink) => (lifetime ? count(lifetime.lastDay) : NOTHING);
const firstDay = ({ lifetime }: ComparedLink) => (lifetime ? percent(lifetime.firstDay, lifetime.clicks) : NOTHING);

type Row = ComparedLink & { place: number };

/** What a phone has no columns for. */
function Details({ row, zone }: { row: Row; zone: string }) {
  const facts = [
    [text.table.firstClick, firstClick(row, zone)],
    [text.table.halfLife, halfLife(row)],
    [text.table.firstDay, firstDay(row)],
    [text.table.lastDay, lastDay(row)],
  ] as const;
  return (
    <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 pl-10 text-xs md:hidden">
      {facts.map(([term, fact]) => (
        <Fragment key={term}>
          <dt className="text-muted">{term}</dt>
          <dd className="tabular-nums">{fact}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Name({ row, view, ids }: { row: Row; view: View; ids: readonly string[] }) {
  const { id, name, link, lifetime, place } = row;
  const own = ["align", "linkId", "q"].reduce((params, param) => withParam(params, param, null), view.params);
  const others = ids.filter((other) => other !== id);
  return (
    <>
      <div className="flex min-w-0 items-center gap-3">
        <SeriesMark place={place} />
        <div className="grid min-w-0 flex-1 gap-0.5">
          <Link
            href={hrefTo(`/links/${encodeURIComponent(id)}`, own)}
            prefetch={false}
            className="truncate font-medium hover:text-accent hover:underline"
          >
            {name}
          </Link>
          {link?.title && <span className="truncate text-muted">{link.title}</span>}
        </div>
        <Link
          href={hrefTo(view.path, withLinks(view.params, others))}
          scroll={false}
          prefetch={false}
          aria-label={text.table.remove(name)}
          title={text.table.removeTitle}
          className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </Link>
      </div>
      {lifetime && <Details row={row} zone={view.filters.zone} />}
    </>
  );
}

/** How each link was clicked, in numbers. */
export function CompareTable({ view, links }: { view: View; links: readonly ComparedLink[] }) {
  const ids = links.map(({ id }) => id);
  const columns: TableColumn<Row>[] = [
    { key: "link", label: text.table.link, cell: (row) => <Name row={row} view={view} ids={ids} /> },
    {
      key: "clicks",
      label: text.table.clicks,
      numeric: true,
      width: "w-20 md:w-24",
      cell: ({ lifetime }) => <span className="font-medium">{count(lifetime?.clicks ?? 0)}</span>,
    },
    {
      key: "first",
      label: text.table.firstClick,
      numeric: true,
      width: "w-40",
      wide: true,
      cell: (row) => firstClick(row, view.filters.zone),
    },
    { key: "half", label: text.table.halfLife, numeric: true, width: "w-28", wide: true, cell: halfLife },
    { key: "firstDay", label: text.table.firstDay, numeric: true, width: "w-28", wide: true, cell: firstDay },
    {
      key: "lastDay",
      label: text.table.lastDay,
      numeric: true,
      width: "w-28",
      wide: true,
      cell: lastDay,
    },
  ];
  return (
    <DataTable caption={text.table.caption} columns={columns} rows={links.map((link, place) => ({ ...link, place }))} />
  );
}
