import { Plus } from "lucide-react";
import { LinkSearch } from "@/components/links/links-table";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import { freeText } from "@/lib/base/clean";
import { count } from "@/lib/base/format";
import { linkName } from "@/lib/click/link-name";
import { hrefTo } from "@/lib/question/codec/query-string";
import { MOST_COMPARED, withLinks, withoutParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";

const CHOICES = 6;

/** Links to add: search results, or those with most clicks. */
export async function AddLink({ view, filters, ids }: { view: View; filters: Filters; ids: readonly string[] }) {
  const q = freeText(view.params.get("q")) ?? "";
  const part = { q, sort: "clicks", page: 1, pageSize: CHOICES + ids.length } as const;
  const found = await ask({ kind: "links", ...part }, filters);
  const rows = found.rows.filter(({ link }) => !ids.includes(link.id)).slice(0, CHOICES);
  return (
    <Card label="Add a link" head={<h2 className="py-3.5 font-semibold">Add a link</h2>}>
      <div className="grid gap-3 p-4">
        <LinkSearch view={view} />
        {rows.length === 0 && <p className="text-muted">{q ? "No other links match." : "There are no other links."}</p>}
        <ul className="grid gap-1 sm:grid-cols-2">
          {rows.map(({ link, clicks }) => (
            <li key={link.id} className="min-w-0">
              <Link
                href={hrefTo(view.path, withLinks(withoutParam(view.params, "q"), [...ids, link.id]))}
                scroll={false}
                aria-label={`Add ${linkName(link.id, link)}`}
                className="flex h-11 items-center gap-2.5 rounded-lg px-2.5 hover:bg-raised"
              >
                <Plus aria-hidden className="size-4 shrink-0 text-accent" />
                <span className="min-w-0 shrink-0 truncate font-medium">{linkName(link.id, link)}</span>
                <span className="min-w-0 flex-1 truncate text-muted">{link.title}</span>
                <span className="text-muted tabular-nums">{count(clicks)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** Shown instead of the field when the maximum is reached. */
export function AllChosen({ named }: { named: number }) {
  const over = named > MOST_COMPARED;
  return (
    <p role={over ? "alert" : undefined} className="text-center text-muted">
      {over
        ? `You can compare up to ${MOST_COMPARED} links at once. These are the first of the ${count(named)} you selected.`
        : `You can compare up to ${MOST_COMPARED} links. Remove one to add another.`}
    </p>
  );
}
