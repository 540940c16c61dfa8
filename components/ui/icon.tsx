"use client";

import { ChevronLeft, ChevronRight, Download, Info, Link2, type LucideIcon } from "lucide-react";

const SHAPES = {
  ...{ info: Info, download: Download, link: Link2 },
  ...{ before: ChevronLeft, after: ChevronRight },
} satisfies Record<string, LucideIcon>;

export type Shape = keyof typeof SHAPES;

/** An icon that a page has many times: `IconShapes` draws it once. */
export const Icon = ({ of, className = "" }: { of: Shape; className?: string }) => (
  <svg aria-hidden="true" className={className ? `icon ${className}` : "icon"}>
    <use href={`#icon-${of}`} />
  </svg>
);

/** What each `Icon` of the page shows. */
export function IconShapes() {
  return (
    <svg aria-hidden="true" className="hidden">
      {Object.entries(SHAPES).map(([name, Drawing]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 24 24">
          <Drawing />
        </symbol>
      ))}
    </svg>
  );
}
