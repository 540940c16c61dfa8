import Link from "next/link";
import { text } from "@/components/events/click-text";
import type { View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { count } from "@/lib/base/format";
import { answer } from "@/lib/question/answer";
import type { ClickDetail, VisitorClicks as Clicks, ListedClick } from "@/lib/question/answers";
import { question } from "@/lib/question/question";
import { wordsOf } from "@/lib/question/words";
import { clickHref } from "./event-page";

function Item({ view, row, isElsewhere }: { view: View; row: ListedClick; isElsewhere: boolean }) {
  const words = wordsOf(row, view.filters.zone);
  return (
    <li>
      <Link
        href={clickHref(view.params, row)}
        scroll={false}
        prefetch={false}
        className="flex min-h-10 items-center gap-3 rounded-md px-2 hover:bg-raised"
      >
        <span className="shrink-0 tabular-nums" title={words.exactTime}>
          {words.time}
        </span>
        <span className="min-w-0 flex-1 truncate text-right text-muted">
          {isElsewhere ? words.linkId : words.referer}
        </span>
      </Link>
    </li>
  );
}

function Group({ view, isElsewhere, clicks }: { view: View; isElsewhere: boolean; clicks: Clicks }) {
  const { rows } = clicks;
  return (
    <div className="mt-2">
      <h4 className="flex justify-between gap-3 text-muted">
        {isElsewhere ? text.visitor.elsewhere : text.visitor.onLink}{" "}
        <span className="tabular-nums">{count(clicks.total)}</span>
      </h4>
      {rows.length > 0 && (
        <ul className="-mx-2 mt-1">
          {rows.map((row) => (
            <Item key={row.seq} view={view} row={row} isElsewhere={isElsewhere} />
          ))}
        </ul>
      )}
      {clicks.total > rows.length && <p className="text-muted">{text.visitor.newest(rows.length)}</p>}
    </div>
  );
}

/** What else the visitor of a click clicked, whatever the list is restricted to. */
export async function VisitorClicks({ view, click }: { view: View; click: ClickDetail }) {
  const { onLink, elsewhere } = await answer(question(await requireViewer(), { kind: "visitorClicks", click }));
  if (onLink.total + elsewhere.total === 0) return <p className="text-muted">{text.visitor.none}</p>;
  return (
    <>
      <Group view={view} isElsewhere={false} clicks={onLink} />
      <Group view={view} isElsewhere clicks={elsewhere} />
    </>
  );
}
