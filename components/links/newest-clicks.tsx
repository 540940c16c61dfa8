import { WITH_CLICKS } from "@/components/figures/no-clicks";
import { Card, SkeletonRows } from "@/components/ui/card";
import { counted } from "@/components/ui/counted";
import { Link, TextLink } from "@/components/ui/link";
import { RowIcon } from "@/components/ui/row-icon";
import { ask } from "@/components/views/ask";
import { eventsHref, eventsParams, type View } from "@/components/views/view";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { withWords } from "@/lib/question/words";

const ROWS = 10;

const SHOWN = ["country", "referer", "device"] as const;

async function Rows({ view }: { view: View }) {
  const part = { kind: "clicks", limit: ROWS, before: null, after: null } as const;
  const [page, { clicks }] = await Promise.all([ask(part, view.filters), ask({ kind: "totals" }, view.filters)]);
  const { rows } = withWords(page, view.filters.zone);
  if (rows.length === 0) return <p className="p-6 text-center text-muted">No clicks in this range.</p>;
  return (
    <div data-numbers>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.seq}>
            <Link
              href={hrefTo("/events", withParam(eventsParams(view), "click", row.seq))}
              className="grid min-h-11 grid-cols-[auto_1fr] items-center gap-x-4 px-4 py-1.5 hover:bg-raised/60 sm:grid-cols-4"
            >
              <span className="tabular-nums">{row.words.time}</span>
              {SHOWN.map((key) => (
                <span
                  key={key}
                  className={`flex min-w-0 items-center gap-2 max-sm:justify-end ${key === "country" ? "" : "max-sm:hidden"}`}
                >
                  <RowIcon dimension={key} value={row[key]} country={row.country} text={row.words[key]} />
                  <span className={`truncate ${row[key] === null ? "text-muted" : ""}`}>{row.words[key]}</span>
                </span>
              ))}
            </Link>
          </li>
        ))}
      </ul>
      <p className="border-line border-t px-4 py-2.5">
        <TextLink href={eventsHref(view)}>
          {clicks === 1 ? "See it in Events" : `See all ${counted(clicks, "click")}`}
        </TextLink>
      </p>
    </div>
  );
}

/** The newest clicks of the view, and the way to all of them. */
export function NewestClicks({ view }: { view: View }) {
  return (
    <div className={`grid ${WITH_CLICKS}`}>
      <Card
        label="Newest clicks"
        head={<h2 className="py-3.5 font-semibold">Newest clicks</h2>}
        fallback={<SkeletonRows label="clicks" />}
      >
        <Rows view={view} />
      </Card>
    </div>
  );
}
