import { ArrowUpRight } from "lucide-react";
import { IconLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { RowPending } from "@/components/ui/pending";
import { RowIcon } from "@/components/ui/row-icon";
import { hrefTo, type View } from "@/components/views/view";
import { count, percent } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import type { DimensionKey } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import type { BreakdownRow } from "@/lib/question/answers";
import { withCity, withParam, withValue } from "@/lib/question/codec/write";
import { displayValue } from "@/lib/question/format";
import { inShort, toldApart } from "@/lib/question/words";
import { Delta } from "./delta";

/** One row, ready to draw. */
type BreakdownItem = {
  id: string;
  dimension: DimensionKey;
  value: string | null;
  text: string;
  /** Second thing to know, such as the country of a city. */
  note: string | null;
  /** Everything, for the pointer that rests. */
  title: string;
  country: string | null;
  clicks: number;
  /** Clicks in the comparison; null without one. */
  previous: number | null;
  /** The same page, filtered to this row. */
  href: string;
  /** A page of the row's own. */
  open: string | null;
};

function countryOf(key: DimensionKey, row: BreakdownRow): string | null {
  if (key === "country") return row.value;
  if (key === "region") return /^([A-Z][A-Z0-9])-/.exec(row.value ?? "")?.[1] ?? null;
  return row.place?.country ?? null;
}

function textOf(key: DimensionKey, row: BreakdownRow): { text: string; note: string | null } {
  const text = row.name ?? displayValue(key, row.value);
  if (row.link) {
    const short = linkName(row.link.id, row.link);
    return { text: short, note: row.link.title };
  }
  if (row.place) {
    const { country, region } = row.place;
    return { text, note: region ? displayValue("region", region) : displayValue("country", country) };
  }
  return { text, note: null };
}

function filtered(view: View, key: DimensionKey, row: BreakdownRow): URLSearchParams {
  if (!row.place) return withValue(view.params, key, row.value);
  return withCity(view.params, { ...row.place, city: row.value });
}

/** The rows of one breakdown with their words and addresses. */
export function breakdownItems(view: View, key: DimensionKey, rows: BreakdownRow[]): BreakdownItem[] {
  const worded = toldApart(rows.map((whole) => ({ whole, value: whole.value, ...textOf(key, whole) })));
  return worded.map(({ whole, text, note }) => {
    const row = whole.value === null ? whole : { ...whole, value: inShort(whole.value) };
    return {
      id: JSON.stringify([row.value, row.place]),
      dimension: key,
      value: row.value,
      text: cutText(text),
      note: note && cutText(note),
      title: [whole.value ?? text, note].flatMap((part) => (part ? cutText(part) : [])).join(" · "),
      country: countryOf(key, row),
      clicks: row.clicks,
      previous: row.previous ?? null,
      href: hrefTo(view.path, filtered(view, key, row)),
      open: row.link
        ? hrefTo(
            `/links/${encodeURIComponent(row.link.id)}`,
            withParam(withParam(view.params, "linkId", null), "view", null),
          )
        : null,
    };
  });
}

function Row({ item, total, largest }: { item: BreakdownItem; total: number; largest: number }) {
  return (
    <li className="relative flex min-w-0 items-center">
      <Link
        href={item.href}
        scroll={false}
        title={item.title}
        className="relative flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 hover:bg-raised"
      >
        <span
          aria-hidden
          className="absolute inset-y-0.5 left-0 rounded-md bg-accent-soft"
          style={{ width: item.clicks === 0 ? 0 : `${Math.max(1, (item.clicks / largest) * 100)}%` }}
        />
        <RowPending />
        <span className="relative flex min-w-0 flex-1 items-center gap-2.5">
          <RowIcon dimension={item.dimension} value={item.value} country={item.country} text={item.text} />
          <span className={`truncate ${item.value === null ? "text-muted" : ""}`}>{item.text}</span>
          {item.note && (
            <span className="min-w-0 shrink-[99] truncate text-muted text-xs max-sm:hidden">{item.note}</span>
          )}
        </span>
        <span className="relative font-medium tabular-nums">{count(item.clicks)}</span>
        <span
          className={`relative w-12 text-right text-muted text-xs tabular-nums ${item.previous === null ? "" : "max-sm:hidden"}`}
        >
          {percent(item.clicks, total)}
        </span>
        {item.previous !== null && (
          <span className="relative w-13 text-right text-xs">
            <Delta quiet now={item.clicks} before={item.previous} />
          </span>
        )}
      </Link>
      {item.open && (
        <IconLink
          icon={ArrowUpRight}
          label={`Open ${item.text}`}
          title="Open link page"
          shape="size-8 rounded-md"
          href={item.open}
        />
      )}
    </li>
  );
}

/** Values with their clicks. Bars compare with the largest row, shares with all clicks, changes with the comparison. */
export function BreakdownList({ items, total }: { items: BreakdownItem[]; total: number }) {
  const largest = Math.max(1, ...items.map((item) => item.clicks));
  return (
    <ol className="grid grid-cols-1 gap-0.5 p-1.5">
      {items.map((item) => (
        <Row key={item.id} item={item} total={total} largest={largest} />
      ))}
    </ol>
  );
}
