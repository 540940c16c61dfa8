"use client";

import { lazy, type MouseEvent, type ReactNode, Suspense, type SyntheticEvent, useState } from "react";
import { createPortal } from "react-dom";
import type { DimensionKey } from "@/lib/click/dimensions";

const FacetActions = lazy(async () => ({ default: (await import("./facet-actions")).FacetActions }));

type Props = {
  dimension: DimensionKey;
  /** Query string of `/api/analytics` for the view, for previews. */
  query: string;
  children: ReactNode;
};

/** Of the links in a row, what a click with Shift, Ctrl or Cmd follows: it adds the value where it can be added. */
function addInstead(event: MouseEvent<HTMLElement>): void {
  const { target, shiftKey, ctrlKey, metaKey } = event;
  if (!(shiftKey || ctrlKey || metaKey) || !(target instanceof Element)) return;
  const row = target.closest("li[data-value]");
  const own = row?.querySelector<HTMLElement>("a");
  if (!own?.contains(target)) return;
  event.preventDefault();
  event.stopPropagation();
  (row?.querySelector<HTMLElement>("a[data-add]") ?? own).click();
}

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
      onClickCapture={addInstead}
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
