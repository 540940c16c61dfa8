"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { SidePanel } from "@/components/ui/side-panel";

/** A side panel that is open because the address says so; closing it leads to the address without it. */
export function RoutedPanel({
  title,
  of,
  closeHref,
  children,
}: {
  title: string;
  of: string;
  closeHref: string;
  children: ReactNode;
}) {
  const router = useRouter();
  return (
    <SidePanel title={title} of={of} onClose={() => router.replace(closeHref, { scroll: false })}>
      {children}
    </SidePanel>
  );
}
