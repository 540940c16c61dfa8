"use client";

import { IconLink } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { WhyButton } from "@/components/why/why-button";

type CardTab = { label: string; name: string; href: string; isCurrent?: boolean };

/** A card's dimensions; with several its title stands before them. */
export function CardTabs({ label, isTitled, tabs }: { label: string; isTitled: boolean; tabs: readonly CardTab[] }) {
  return (
    <nav aria-label={label} className="flex min-w-0 gap-4 overflow-x-auto">
      {isTitled && <h2 className="border-line border-r py-3.5 pr-4 font-semibold">{label}</h2>}
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-label={tab.label}
          aria-current={tab.isCurrent ? "true" : undefined}
          className="tab"
        >
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}

/** Explains a card's numbers, and downloads them. */
export function CardActions({ of, query, download }: { of: string; query: string; download: string }) {
  return (
    <>
      <WhyButton of={of} query={query} />
      <IconLink icon="download" label={`Download CSV: ${of}`} title="Download CSV" href={download} download />
    </>
  );
}
