import { X } from "lucide-react";
import { Fragment } from "react";
import { SeriesMark } from "@/components/charts/series-mark";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { IconLink } from "@/components/ui/icon-button";
import { RowLink } from "@/components/ui/link";
import { linkHref, type View } from "@/components/views/view";
import { count, duration, minute, percent } from "@/lib/base/format";
import { linkName } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import type { LinkLifetime } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withRange } from "@/lib/question/codec/range";
import { withLinks, withoutParam } from "@/lib/question/codec/write";

/** One of the compared links: its clicks in the range, its data, and figures of its whole life if it has clicks. */
export type ComparedLink = {
  id: string;
  name: string;
  clicks: number;
  link: LinkSummary | null;
  lifetime: LinkLifetime | null;
};

/** The compared links in the order of their ids. Links with the same name also show their ids. */
export function asCompared(
  ids: readonly string[],
  known: ReadonlyMap<string, LinkSummary>,
  lifetimes: ReadonlyMap<string, LinkLifetime>,
  inRange: ReadonlyMap<string | null, number>,
): ComparedLink[] {
  const names = ids.map((id) => linkName(id, known.get(id)));
  const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  return ids.map((id, place) => {
    const name = names[place] ?? id;
    const unique = isShared(name) ? `${name} (${id})` : name;
    const clicks = inRange.get(id) ?? 0;
    return { id, name: unique, clicks, link: known.get(id) ?? null, lifetime: lifetimes.get(id) ?? null };
  });
}

const NOTHING = "–";

/** Columns on a wide screen, lines below the link's name on a phone. One click has no half-life. */
const FACTS: { label: string; width: string; of: (lifetime: LinkLifetime, zone: string) => string }[] = [
  { label: "First click", width: "w-40", of: ({ first }, zone) => minute(first, zone) },
  { label: "Half-life", width: "w-28", of: ({ clicks, halfLife }) => (clicks > 1 ? duration(halfLife) : NOTHING) },
  { label: "First 24 h", width: "w-28", of: ({ firstDay, clicks }) => percent(firstDay, clicks) },
  { label: "Last 24 h", width: "w-28", of: ({ lastDay }) => count(lastDay) },
];

type Row = ComparedLink & { place: number };

function Name({ row, view, ids }: { row: Row; view: View; ids: readonly string[] }) {
  const { id, name, link, lifetime, place } = row;
  const kept = ["align", "linkId", "q"].reduce(withoutParam, view.params);
  const own = withRange(kept, view.filters.range, view.filters.zone);
  const others = ids.filter((other) => other !== id);
  return (
    <>
      <div className="flex min-w-0 items-center gap-3">
        <SeriesMark place={place} />
        <div className="grid min-w-0 flex-1 gap-0.5">
          <RowLink href={linkHref(id, own)}>{name}</RowLink>
          {link?.title && <span className="truncate text-muted">{link.title}</span>}
        </div>
        <IconLink
          small
          icon={X}
          label={`Remove ${name}`}
          title="Remove from comparison"
          href={hrefTo(view.path, withLinks(view.params, others))}
          scroll={false}
        />
      </div>
      {lifetime && (
        <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 pl-10 text-xs md:hidden">
          {FACTS.map(({ label, of }) => (
            <Fragment key={label}>
              <dt className="text-muted">{label}</dt>
              <dd className="tabular-nums">{of(lifetime, view.filters.zone)}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </>
  );
}

/** Figures of each link's life. */
export function CompareTable({ view, links }: { view: View; links: readonly ComparedLink[] }) {
  const ids = links.map(({ id }) => id);
  const columns: TableColumn<Row>[] = [
    { label: "Link", cell: (row) => <Name row={row} view={view} ids={ids} /> },
    {
      label: "Clicks",
      numeric: true,
      width: "w-20 md:w-24",
      cell: ({ clicks }) => <span className="font-medium">{count(clicks)}</span>,
    },
    ...FACTS.map(({ label, width, of }) => ({
      ...{ label, width, numeric: true, wide: true },
      cell: ({ lifetime }: Row) => (lifetime ? of(lifetime, view.filters.zone) : NOTHING),
    })),
  ];
  return (
    <DataTable caption="Clicks per link" columns={columns} rows={links.map((link, place) => ({ ...link, place }))} />
  );
}
