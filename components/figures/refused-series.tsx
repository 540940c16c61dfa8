import Link from "next/link";
import { text } from "@/components/figures/totals-text";
import { hrefTo, type View } from "@/components/views/view";
import { withParam } from "@/lib/question/codec/write";

/** A series cannot be drawn as asked: says why, and how to go on. */
export function RefusedSeries({ view, reason, className }: { view: View; reason: string; className: string }) {
  return (
    <div role="alert" className={`grid content-center justify-items-center gap-3 p-6 text-center ${className}`}>
      {/* The parameter is named for those who write addresses by hand. */}
      <p>{reason.replace(/^granularity: /, "")}</p>
      <Link
        href={hrefTo(view.path, withParam(view.params, "granularity", null))}
        className="font-medium text-accent hover:underline"
      >
        {text.usualGranularity}
      </Link>
    </div>
  );
}
