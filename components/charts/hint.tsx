import { browserFormat, inFull } from "@/components/ui/numbers";
import { change } from "@/lib/format-change";
import { text } from "@/lib/text/charts";
import type { Point } from "./time-series";
import { unheardWords } from "./unheard-shade";

function Line({ color, label, clicks, after }: { color: string; label: string; clicks: number; after?: string }) {
  return (
    <>
      <p className="mt-1.5 flex items-center gap-1.5 text-muted text-xs first:mt-0">
        <span aria-hidden className={`h-0.5 w-3 rounded ${color}`} />
        {label}
      </p>
      <p className="font-semibold tabular-nums">
        {inFull(clicks)} <span className="font-normal text-muted">{text.clicksUnit(clicks)}</span>
        {after && <span className="ml-2 font-normal text-muted">{after}</span>}
      </p>
    </>
  );
}

/** What the pointer rests on: the bucket and, with its own dates, the one that it is compared with. */
export function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: Point }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const { clicks, isAbsent, label, part, unheard, previous } = point;
  const words = unheardWords(unheard, clicks);
  const reason = clicks === 0 ? words : null;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2 shadow-lg">
      {clicks === null || reason ? (
        <p className="text-muted text-xs">{isAbsent ? label : text.insteadOfClicks(label, reason ?? text.notYet)}</p>
      ) : (
        <Line
          color="bg-accent"
          label={part ? text.partly[part](label) : label}
          clicks={clicks}
          {...(previous && { after: change(clicks, previous.clicks, browserFormat) })}
        />
      )}
      {words && clicks ? <p className="text-muted text-xs">{words}</p> : null}
      {previous && <Line color="bg-strong-line" label={previous.label} clicks={previous.clicks} />}
    </div>
  );
}
