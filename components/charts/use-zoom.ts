import { useRouter, useSearchParams } from "next/navigation";
import { type TransitionStartFunction, useState } from "react";

const nameOf = (start: string | null, end: string | null) => `${start} ${end}`;

/** Ways into a part of the chart and out again. Going out is going back, so that the browser's own button does the same. */
export function useZoom(base: string, startTransition: TransitionStartFunction) {
  const router = useRouter();
  const params = useSearchParams();
  const [entered, setEntered] = useState<ReadonlySet<string>>(new Set());
  return {
    /** Whether what is shown was reached by zooming in. */
    isZoomed: entered.has(nameOf(params.get("start"), params.get("end"))),
    into(start: string, end: string) {
      setEntered((known) => new Set(known).add(nameOf(start, end)));
      startTransition(() => router.push(`${base}start=${start}&end=${end}`, { scroll: false }));
    },
    out: () => startTransition(() => router.back()),
  };
}
