import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Tag } from "@/components/ui/tag";
import { count } from "@/lib/format";
import { date } from "@/lib/format-date";
import { withParam } from "@/lib/query/address";
import type { LinkPage, LinkSummary } from "@/lib/query/answers";
import { linksParam } from "@/lib/query/compared";
import { Delta } from "./delta";
import { hrefTo, type View } from "./view";

export const LINK_SORTS = ["clicks", "name", "created"] as const;
export type LinkSort = (typeof LINK_SORTS)[number];

type Row = LinkPage["rows"][number] & { id: string };

function Name({ link, href }: { link: LinkSummary; href: string }) {
  return (
    <div className="grid gap-0.5">
      <div className="flex min-w-0 items-center gap-2">
        <Link href={href} prefetch={false} className="truncate font-medium hover:text-accent hover:underline">
          {link.shortLink?.replace(/^https?:\/\//, "") ?? link.id}
        </Link>
        {link.deletedAt && <Badge tone="danger">Deleted</Badge>}
        {link.archived && <Badge tone="warn">Archived</Badge>}
        <span className="flex gap-1 max-lg:hidden">
          {link.tags.map((tag) => (
            <Tag key={tag.id} {...tag} />
          ))}
        </span>
      </div>
      {link.title && <span className="truncate text-muted">{link.title}</span>}
    </div>
  );
}

/** Ticked links go to the comparison with the form that has this id. */
export const COMPARE_FORM = "compare-links";

function Tick({ link }: { link: LinkSummary }) {
  return (
    <input
      type="checkbox"
      form={COMPARE_FORM}
      name="linkId"
      value={linksParam([link.id])}
      aria-label={`Compare ${link.shortLink?.replace(/^https?:\/\//, "") ?? link.id}`}
      className="block size-4 accent-accent"
    />
  );
}

/** Every link with its clicks in the range. */
export function LinksTable({ view, page, sort }: { view: View; page: LinkPage; sort: LinkSort }) {
  const kept = ["q", "sort", "page", "linkId"].reduce((params, name) => withParam(params, name, null), view.params);
  const sortHref = (key: LinkSort) => hrefTo(view.path, withParam(view.params, "sort", key === "clicks" ? null : key));
  const sorting = (key: LinkSort) => ({ key, sortHref: sortHref(key), sorted: sort === key });
  const largest = Math.max(1, ...page.rows.map(({ clicks }) => clicks));
  const columns: Column<Row>[] = [
    {
      key: "compare",
      label: "Compare",
      hideLabel: true,
      width: "w-12",
      cell: ({ link }) => <Tick link={link} />,
    },
    {
      ...sorting("name"),
      label: "Link",
      cell: ({ link }) => <Name link={link} href={hrefTo(`/links/${encodeURIComponent(link.id)}`, kept)} />,
    },
    {
      key: "url",
      label: "Destination",
      wide: true,
      cell: ({ link }) => (
        <span className="block truncate text-muted">{link.url?.replace(/^https?:\/\//, "") ?? "–"}</span>
      ),
    },
    {
      ...sorting("created"),
      label: "Created",
      numeric: true,
      width: "w-28 sm:w-32",
      wide: true,
      cell: ({ link }) => (
        <span className="text-muted">{link.createdAt ? date(link.createdAt, view.filters.zone) : "–"}</span>
      ),
    },
    {
      ...sorting("clicks"),
      label: "Clicks",
      numeric: true,
      width: "w-28 sm:w-32",
      cell: ({ clicks, previous }) => (
        <span className="grid justify-items-end gap-1">
          <span className="font-medium">{count(clicks)}</span>
          {previous !== undefined && (
            <span className="text-xs">
              <Delta quiet now={clicks} before={previous} />
            </span>
          )}
          <span aria-hidden className="h-1 rounded-full bg-accent" style={{ width: `${(clicks / largest) * 100}%` }} />
        </span>
      ),
    },
  ];
  const rows = page.rows.map((row) => ({ ...row, id: row.link.id }));
  return <DataTable caption="Links with their clicks in the range" columns={columns} rows={rows} />;
}
