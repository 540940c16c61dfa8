import { type ReactNode, Suspense } from "react";
import { AwayNote, HealthMark, SpoolNote } from "@/components/health/notices";
import { Header } from "@/components/shell/header";
import { BottomNav } from "@/components/shell/main-nav";
import { IconShapes } from "@/components/ui/icon";
import { Navigation } from "@/components/ui/navigation";
import { Downloads } from "@/components/views/downloads";
import { PowersOf } from "@/components/views/powers";
import { requireViewer } from "@/lib/account/session";
import { readFacts } from "@/lib/health/read";
import { OWN_PARAMETERS } from "@/lib/question/codec/parameters";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { powers } = await requireViewer();
  const facts = readFacts();
  return (
    <PowersOf powers={powers}>
      <Navigation>
        <a
          href="#content"
          className="sr-only z-30 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <Header
          own={OWN_PARAMETERS}
          health={<Suspense>{powers.includes("operate") && <HealthMark facts={facts} />}</Suspense>}
        />
        <main id="content" className="mx-auto max-w-6xl px-4 pt-4 pb-24 min-[94rem]:max-w-[92rem] sm:pt-7 sm:pb-16">
          <Suspense>
            <AwayNote facts={facts} />
          </Suspense>
          <Suspense>{powers.includes("operate") && <SpoolNote facts={facts} />}</Suspense>
          {children}
        </main>
        <BottomNav own={OWN_PARAMETERS} />
        {powers.includes("export") && <Downloads />}
        <IconShapes />
      </Navigation>
    </PowersOf>
  );
}
