import { ChevronLeft, ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { count } from "@/lib/base/format";
import { counted } from "./counted";

/** Number of pages; an empty list has one. */
export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** The page number in the URL, from 1; it may be too large. */
export function pageOf(params: URLSearchParams): number {
  return Math.max(1, Math.trunc(Number(params.get("page"))) || 1);
}

type Step = { href: string; label: string };

/** Foot of a part of a list: what it shows, with links to the parts before and after it. */
export function PageLinks({ words, before, after }: { words: string; before: Step | null; after: Step | null }) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted tabular-nums">{words}</p>
      <div className="flex gap-2">
        {before && (
          <Link href={before.href} rel="prev" className="tool gap-1">
            <ChevronLeft aria-hidden className="size-4" />
            {before.label}
          </Link>
        )}
        {after && (
          <Link href={after.href} rel="next" className="tool gap-1">
            {after.label}
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}

type Props = {
  page: number;
  pageSize: number;
  total: number;
  nouns: [one: string, many: string];
  hrefOf: (page: number) => string;
};

/** The range of rows shown, with links to other pages. Pages count from 1; `hrefOf` makes a page's URL. */
export function Pager({ page, pageSize, total, nouns, hrefOf }: Props) {
  const all = counted(total, ...nouns);
  const pages = pageCount(total, pageSize);
  if (pages === 1) return <p className="text-muted tabular-nums">{all}</p>;
  const [first, last] = [(page - 1) * pageSize + 1, Math.min(total, page * pageSize)];
  return (
    <PageLinks
      words={`${count(first)}–${count(last)} of ${all}`}
      before={page > 1 ? { href: hrefOf(page - 1), label: "Previous" } : null}
      after={page < pages ? { href: hrefOf(page + 1), label: "Next" } : null}
    />
  );
}
