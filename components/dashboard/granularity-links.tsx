import Link from "next/link";
import { LinkPending } from "@/components/ui/pending";
import { withParam } from "@/lib/question/codec/write";
import { GRANULARITIES, type Granularity } from "@/lib/question/question";
import { granularitiesFor, granularityFor } from "@/lib/question/series";
import { text } from "@/lib/text/ranges";
import { hrefTo, type View } from "./view";

/** The granularities that suit the span that is drawn, and the one that is chosen. */
export function GranularityLinks({
  view,
  current,
  span: { from, to },
}: {
  view: View;
  current: Granularity;
  span: { from: Date; to: Date };
}) {
  const usual = granularityFor(from, to);
  const offered = granularitiesFor(from, to);
  return (
    <nav aria-label={text.granularity} className="flex print:hidden">
      {GRANULARITIES.filter((entry) => entry === current || offered.includes(entry)).map((granularity) => (
        <Link
          key={granularity}
          href={hrefTo(view.path, withParam(view.params, "granularity", granularity === usual ? null : granularity))}
          scroll={false}
          prefetch={false}
          aria-current={granularity === current ? "true" : undefined}
          className="rounded-md px-2 py-1.5 text-muted hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink"
        >
          <LinkPending />
          {text.granularities[granularity]}
        </Link>
      ))}
    </nav>
  );
}
