"use client";

import { type ReactNode, Suspense } from "react";

type Props = { label: string; head: ReactNode; actions?: ReactNode; fallback?: ReactNode; children: ReactNode };

/** A region with a head; `actions` are on its right. `fallback` is shown until its content has come. */
export function Card({ label, head, actions, fallback, children }: Props) {
  return (
    <section aria-label={label} className="group/card flex min-w-0 flex-col card">
      <div className="card-head">
        {head}
        <div className="card-actions">{actions}</div>
      </div>
      {fallback ? <Suspense fallback={fallback}>{children}</Suspense> : children}
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
