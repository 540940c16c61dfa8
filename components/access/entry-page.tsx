import type { ReactNode } from "react";

/** The logo: three rising bars. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-on-accent">
        <rect x="7" y="17" width="4" height="8" rx="2" />
        <rect x="14" y="12" width="4" height="13" rx="2" />
        <rect x="21" y="7" width="4" height="18" rx="2" />
      </g>
    </svg>
  );
}

/** Frame of the pages before sign-in. */
export function EntryPage({ title, intro, children }: { title: string; intro: ReactNode; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center gap-6 px-4 py-12">
      <div className="grid justify-items-center gap-3 text-center">
        <Logo />
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-balance text-muted">{intro}</p>
      </div>
      <div className="rounded-xl border border-line bg-surface p-6 shadow-card">{children}</div>
    </main>
  );
}
