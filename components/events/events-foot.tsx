import { inFull } from "@/components/ui/numbers";
import { text } from "@/lib/text/events";

type Props = {
  loaded: number;
  /** Nothing older is left to load. */
  isAll: boolean;
  loading: boolean;
  problem: string | null;
  onMore: () => Promise<void>;
};

/** Below the list: how much of it is there, and the way to more for those who do not scroll. */
export function EventsFoot({ loaded, isAll, loading, problem, onMore }: Props) {
  const number = inFull(loaded);
  return (
    // On the line of the last row, so that there are never two.
    <div className="relative -mt-px flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-t bg-surface px-3 py-2 max-md:px-4 text-muted">
      <p role="status" className={`tabular-nums ${problem ? "text-danger" : ""}`}>
        {problem ?? (isAll ? text.foot.all(loaded, number) : text.foot.loaded(number))}
      </p>
      {!isAll && (
        <button
          type="button"
          aria-busy={loading}
          onClick={() => void onMore()}
          className="rounded-md py-1 font-medium text-accent hover:underline aria-busy:opacity-60"
        >
          {problem ? text.foot.tryAgain : loading ? text.foot.loading : text.foot.loadMore}
        </button>
      )}
    </div>
  );
}
