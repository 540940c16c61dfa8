import { numberFormat } from "@/lib/base/locale";

/** Background of each shade; the first is of nothing. */
export const SHADE_BACKGROUNDS = [
  "bg-shade-none",
  "bg-shade-1",
  "bg-shade-2",
  "bg-shade-3",
  "bg-shade-4",
  "bg-shade-5",
] as const;

/** What the shades mean: where each begins. Few of them are the strongest ones. */
export function Legend({ starts }: { starts: readonly number[] }) {
  const weakest = SHADE_BACKGROUNDS.length - starts.length;
  return (
    <ul aria-label="Clicks by shade" className="flex items-start gap-1 text-muted text-xs tabular-nums">
      <li className="mr-2 grid gap-1">
        <span aria-hidden className={`h-2 w-8 rounded-sm ${SHADE_BACKGROUNDS[0]}`} />
        none
      </li>
      {starts.map((start, index) => (
        <li key={start} className="grid gap-1">
          <span aria-hidden className={`h-2 w-8 rounded-sm ${SHADE_BACKGROUNDS[weakest + index] ?? ""}`} />
          <span>
            <span className="sr-only">from </span>
            {numberFormat({ notation: "compact" }).format(start)}
            {index === starts.length - 1 && <span aria-hidden>+</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
