import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** The frame of the pages before the sign-in. */
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
