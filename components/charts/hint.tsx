import { change } from "@/lib/format-change";
import type { Point } from "./time-series";

const NUMBER = new Intl.NumberFormat("en-US");

function Line({ color, label, clicks, after }: { color: string; label: string; clicks: number; after?: string }) {
  return (
    <>
      <p className="mt-1.5 flex items-center gap-1.5 text-muted text-xs first:mt-0">
        <span aria-hidden className={`h-0.5 w-3 rounded ${color}`} />
        {label}
      </p>
      <p className="font-semibold tabular-nums">
        {NUMBER.format(clicks)} <span className="font-normal text-muted">{clicks === 1 ? "click" : "clicks"}</span>
        {after && <span className="ml-2 font-normal text-muted">{after}</span>}
      </p>
    </>
  );
}

/** What the pointer rests on: the bucket and, with its own dates, the one that it is compared with. */
export function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: Point }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const { clicks, label, part, previous } = point;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2 shadow-lg">
      {clicks === null ? (
        <p className="text-muted text-xs">{label}: not yet</p>
      ) : (
        <Line
          color="bg-accent"
          label={part ? `${label} (${part})` : label}
          clicks={clicks}
          {...(previous && { after: change(clicks, previous.clicks) })}
        />
      )}
      {previous && <Line color="bg-strong-line" label={previous.label} clicks={previous.clicks} />}
    </div>
  );
}
