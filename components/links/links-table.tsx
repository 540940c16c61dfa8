import { Folder } from "lucide-react";
import { Sparkline } from "@/components/charts/sparkline";
import { Delta, isNew, isUneven } from "@/components/figures/delta";
import { LinkBadges, Tag } from "@/components/ui/badge";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { Choices, Link, RowLink } from "@/components/ui/link";
import { SearchForm } from "@/components/ui/search-form";
import { linkHref, type View } from "@/components/views/view";
import { count, date } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { linkName, withoutScheme } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import type { LinkPage, LinkSeries } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { linksParam, withoutParam, withParam, withValue } from "@/lib/question/codec/write";
import type { LinkSort } from "@/lib/question/question";
import { SelectAll, SelectLink } from "./link-selection";

/** Orders of links by their names in the URL, in display order. */
export const LINK_SORTS: readonly LinkSort[] = ["clicks", "change", "loss", "name", "created"];

type Row = LinkPage["rows"][number] & { id: string };

/** Dub sends a folder's id but not its name: enough to see what belongs together, and to filter by it. */
function FolderLink({ view, folder }: { view: View; folder: string }) {
  return (
    <Link
      href={hrefTo(view.path, withValue(view.params, "folderId", folder))}
      title={`Only links in folder ${folder}`}
      className="flex min-w-0 max-w-32 items-center gap-1 rounded-md border border-line px-1.5 py-0.5 text-muted text-xs hover:bg-raised hover:text-ink"
    >
      <Folder aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{folder}</span>
    </Link>
  );
}

function Name({ view, link, href }: { view: View; link: LinkSummary; href: string }) {
  return (
    <div className="grid gap-0.5">
      <div className="flex min-w-0 items-center gap-2">
        <RowLink href={href}>{linkName(link.id, link)}</RowLink>
        <LinkBadges link={link} />
      </div>
      <div className="flex min-w-0 items-center gap-2">
        {link.title && <span className="truncate text-muted">{cutText(link.title)}</span>}
        <span className="flex gap-1 max-lg:hidden">
          {link.tags.map((tag) => (
            <Tag key={tag.id} {...tag} />
          ))}
          {link.folderId && <FolderLink view={view} folder={link.folderId} />}
        </span>
      </div>
    </div>
  );
}

const sortHref = ({ path, params }: View, key: LinkSort): string =>
  hrefTo(path, withParam(params, "sort", key === "clicks" ? null : key));

const SORT_WORDS: Record<LinkSort, string> = {
  clicks: "Clicks",
  change: "Gains",
  loss: "Losses",
  name: "Name",
  created: "Created",
};

/** On a phone, where the table hides most of the heads that sort it. */
export function LinkSorts({ view, sort }: { view: View; sort: LinkSort }) {
  const choices = LINK_SORTS.map((key) => ({
    name: SORT_WORDS[key],
    href: sortHref(view, key),
    isCurrent: key === sort,
  }));
  return <Choices label="Sort by" choices={choices} className="gap-1 md:hidden print:hidden" linkClass="px-2.5" />;
}

type Props = { view: View; page: LinkPage; sort: LinkSort; sparklines: ReadonlyMap<string, LinkSeries> };

/** All links with their clicks in the range, a sparkline, and the change from the comparison. */
export function LinksTable({ view, page, sort, sparklines }: Props) {
  const kept = ["q", "sort", "linkId"].reduce(withoutParam, view.params);
  const sorting = (key: LinkSort) => ({
    sortHref: sortHref(view, key),
    sorted: sort === key && (key === "name" ? ("ascending" as const) : ("descending" as const)),
  });
  const changeOf = ({ link, clicks, previous }: Row) =>
    previous === undefined ? null : (
      <Delta quiet muted={isUneven(view.filters)} now={clicks} before={previous} isNew={isNew(link, view.filters)} />
    );
  const largest = Math.max(1, ...page.rows.map(({ clicks }) => clicks));
  const columns: TableColumn<Row>[] = [
    {
      label: "Select",
      head: <SelectAll key={page.rows.map(({ link }) => link.id).join()} total={page.rows.length} />,
      width: "w-12",
      cell: ({ link }) => <SelectLink value={linksParam([link.id])} name={linkName(link.id, link)} />,
    },
    {
      ...sorting("name"),
      label: "Link",
      cell: ({ link }) => <Name view={view} link={link} href={linkHref(link.id, kept)} />,
    },
    {
      label: "Destination",
      wide: true,
      cell: ({ link }) => <span className="block truncate text-muted">{link.url ? withoutScheme(link.url) : "–"}</span>,
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
      label: "Over time",
      wide: true,
      width: "w-32",
      cell: ({ id }) => <Sparkline values={(sparklines.get(id)?.points ?? []).map(({ clicks }) => clicks)} />,
    },
    {
      // Pressed again: the largest losses first.
      sortHref: sortHref(view, sort === "change" ? "loss" : "change"),
      sorted: (sort === "change" && "descending") || (sort === "loss" && "ascending"),
      label: "Change",
      numeric: true,
      wide: true,
      width: "w-28",
      cell: (row) => changeOf(row) ?? <span className="text-muted">–</span>,
    },
    {
      ...sorting("clicks"),
      label: "Clicks",
      numeric: true,
      width: "w-28 sm:w-32",
      cell: (row) => (
        <span className="grid justify-items-end gap-1">
          <span className="font-medium">{count(row.clicks)}</span>
          <span className="text-xs empty:hidden md:hidden">{changeOf(row)}</span>
          <span
            aria-hidden
            className="h-1 rounded-full bg-accent"
            style={{ width: `${(row.clicks / largest) * 100}%` }}
          />
        </span>
      ),
    },
  ];
  const rows = page.rows.map((row) => ({ ...row, id: row.link.id }));
  return <DataTable caption="Links and their clicks in this range" columns={columns} rows={rows} />;
}

/** Searches links by `q`. */
export function LinkSearch({ view: { path, params } }: { view: View }) {
  return (
    <SearchForm
      path={path}
      kept={withoutParam(params, "q")}
      name="q"
      value={params.get("q")}
      label="Search links"
      placeholder="Title, key, destination"
    />
  );
}
