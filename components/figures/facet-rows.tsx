"use client";

import { lazy, type ReactNode, Suspense, type SyntheticEvent, useState } from "react";
import { createPortal } from "react-dom";
import type { DimensionKey } from "@/lib/click/dimensions";

const FacetActions = lazy(async () => ({ default: (await import("./facet-actions")).FacetActions }));

type Props = {
  dimension: DimensionKey;
  /** Query string of `/api/analytics` for the view, for previews. */
  query: string;
  children: ReactNode;
};

/**
 * Rows of a card. The one under the pointer or with the focus gets its actions; they are loaded when first needed.
 * Rows are `li` with `data-value`, their value as JSON.
 */
export function FacetRows({ children, ...facet }: Props) {
  const [row, setRow] = useState<HTMLElement | null>(null);
  const enter = ({ target }: SyntheticEvent) => {
    setRow(target instanceof Element ? target.closest<HTMLElement>("li[data-value]") : null);
  };
  return (
    <ol
      className="grid grid-cols-1 gap-0.5 p-1.5"
      onPointerOver={(event) => event.pointerType === "mouse" && enter(event)}
      onPointerLeave={() => setRow(null)}
      onFocus={enter}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && setRow(null)}
    >
      {children}
      {row?.isConnected && (
        <Suspense>{createPortal(<FacetActions key={row.dataset.value} row={row} {...facet} />, row)}</Suspense>
      )}
    </ol>
  );
}
