import type { ReactNode } from "react";
import { Header } from "@/components/shell/header";
import { requireViewer } from "@/lib/access/session";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await requireViewer();
  return (
    <>
      <a
        href="#content"
        className="sr-only z-30 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <Header />
      <main id="content" className="mx-auto max-w-6xl px-4 pt-5 pb-16 sm:pt-7">
        {children}
      </main>
    </>
  );
}
