"use client";

import { useRouter } from "next/navigation";
import { lazy, type ReactNode, Suspense } from "react";

const SidePanel = lazy(async () => ({ default: (await import("./side-panel")).SidePanel }));

type Props = { title: string; of: string; closeHref: string; children: ReactNode };

/** A panel beside figures that is open according to the URL; closing it navigates to the URL without it. */
export function RoutedPanel({ title, of, closeHref, children }: Props) {
  const router = useRouter();
  return (
    <Suspense>
      <SidePanel beside="figures" title={title} of={of} onClose={() => router.replace(closeHref, { scroll: false })}>
        {children}
      </SidePanel>
    </Suspense>
  );
}
