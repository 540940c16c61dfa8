import { minute } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { withoutScheme } from "@/lib/click/link-name";
import type { LinkDestination } from "@/lib/question/answer-types";

const SHOWN = 3;

type Change = { at: Date; from: string; to: string };

function List({ changes, zone }: { changes: readonly Change[]; zone: string }) {
  return (
    <ul className="grid gap-1">
      {changes.map(({ at, from, to }) => (
        <li key={at.getTime()} className="flex min-w-0 flex-wrap gap-x-3">
          <time dateTime={at.toISOString()} className="shrink-0 text-muted tabular-nums">
            {minute(at, zone)}
          </time>
          <span className="wrap-anywhere min-w-0">
            <bdi>{cutText(withoutScheme(from))}</bdi> <span aria-hidden>→</span>
            <span className="sr-only"> to </span> <bdi>{cutText(withoutScheme(to))}</bdi>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Where the link led before, newest first; nothing if it has always led to one place. */
export function Changes({ destinations, zone }: { destinations: readonly LinkDestination[]; zone: string }) {
  const changes = destinations
    .slice(1)
    .map(({ url, since }, at) => ({ at: since, from: destinations[at]?.url ?? "", to: url }))
    .reverse();
  if (changes.length === 0) return null;
  return (
    <section aria-label="Destination changes" className="border-line border-t pt-3">
      <h3 className="mb-1 font-semibold">Destination changes</h3>
      <List changes={changes.slice(0, SHOWN)} zone={zone} />
      {changes.length > SHOWN && (
        <details className="mt-1">
          <summary className="w-fit rounded-md py-1.5 font-medium text-accent hover:underline">
            {`Show ${changes.length - SHOWN} earlier`}
          </summary>
          <List changes={changes.slice(SHOWN)} zone={zone} />
        </details>
      )}
    </section>
  );
}
