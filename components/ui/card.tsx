"use client";

import { catchError } from "next/error";
import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { QuietButton } from "./button";

type Props = { label: string; head: ReactNode; actions?: ReactNode; fallback?: ReactNode; children: ReactNode };

/** What a card says whose content couldn't be read, so that the others stay. Another view is another attempt. */
const WhenItWorks = catchError((_: object, { retry, reset }) => {
  const view = useSearchParams().toString();
  const failed = useRef(view);
  useEffect(() => {
    if (view !== failed.current) reset();
  }, [view, reset]);
  return (
    <div role="alert" className="grid flex-1 place-content-center justify-items-center gap-3 p-6 text-center">
      <p className="text-balance text-muted">
        This couldn’t be loaded. It may take too long: try again, or choose a shorter range or fewer filters.
      </p>
      <QuietButton onClick={retry}>Try again</QuietButton>
    </div>
  );
});

/** A region with a head; `actions` are on its right. `fallback` is shown until its content has come. */
export function Card({ label, head, actions, fallback, children }: Props) {
  return (
    <section aria-label={label} className="group/card flex min-w-0 flex-col card">
      <div className="card-head">
        {head}
        <div className="card-actions">{actions}</div>
      </div>
      <WhenItWorks>{fallback ? <Suspense fallback={fallback}>{children}</Suspense> : children}</WhenItWorks>
    </section>
  );
}

/** Placeholder for rows. */
export function SkeletonRows({ label }: { label: string }) {
  return (
    <div role="status" className="skeleton-rows">
      <span className="sr-only">{`Loading ${label}`}</span>
    </div>
  );
}

/** What a list or a page says when it has nothing to show. */
export const Nothing = ({ children }: { children: ReactNode }) => (
  <p className="rounded-2xl border border-line bg-surface px-6 py-16 text-center text-muted">{children}</p>
);

/** Placeholder of the final size. */
export function Skeleton({ label, className }: { label: string; className: string }) {
  return (
    <div role="status" className={`rounded-lg bg-raised motion-safe:animate-pulse ${className}`}>
      <span className="sr-only">{label}</span>
    </div>
  );
}
