"use client";

import { useRouter } from "next/navigation";
import { lazy, type MouseEvent, type ReactNode, Suspense, type SyntheticEvent, useState } from "react";
import { createPortal } from "react-dom";
import type { DimensionKey } from "@/lib/click/dimensions";

const load = () => import("./facet-actions");
const FacetActions = lazy(async () => ({ default: (await load()).FacetActions }));

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
  const router = useRouter();

  /** With Shift, Ctrl or Cmd a click on a row adds its value where it can be added, and is a click where it can't. */
  async function addInstead(event: MouseEvent<HTMLElement>): Promise<void> {
    const { target, shiftKey, ctrlKey, metaKey } = event;
    if (!(shiftKey || ctrlKey || metaKey) || !(target instanceof Element)) return;
    const clicked = target.closest<HTMLElement>("li[data-value]");
    const own = clicked?.querySelector<HTMLElement>("a");
    if (!clicked || !own?.contains(target)) return;
    event.preventDefault();
    event.stopPropagation();
    const href = (await load()).addHref(clicked, facet.dimension);
    if (href) router.push(href, { scroll: false });
    else own.click();
  }

  const enter = ({ target }: SyntheticEvent) => {
    setRow(target instanceof Element ? target.closest<HTMLElement>("li[data-value]") : null);
  };
  return (
    <ol
      className="grid grid-cols-1 gap-0.5 p-1.5"
      onClickCapture={(event) => void addInstead(event)}
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
