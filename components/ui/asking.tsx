"use client";

import { text } from "@/components/ui/text";

/** Below a list that is asked for: that it is on its way, why it is not there, or what its being empty means. */
export function Asking({
  loading,
  error,
  empty,
  onAgain,
}: {
  loading: boolean;
  error: string | null;
  /** Null while there are rows. */
  empty: string | null;
  onAgain: () => void;
}) {
  if (error !== null) {
    return (
      <div role="alert" className="grid justify-items-center gap-2 px-4 py-6 text-center text-danger">
        {error}
        <button
          type="button"
          onClick={onAgain}
          className="rounded-md px-2 py-1 font-medium text-accent hover:underline"
        >
          {text.tryAgain}
        </button>
      </div>
    );
  }
  const message = loading ? text.looking : empty;
  return (
    <p role="status" className="px-4 py-6 text-center text-muted empty:p-0">
      {message}
    </p>
  );
}
