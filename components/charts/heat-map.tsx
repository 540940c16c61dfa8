// biome-ignore-all lint/a11y/noRedundantRoles: browsers forget what a table is when it is laid out as a grid, and only a grid can stand on its side

import { LinkField } from "@/components/ui/link-field";
import { numberFormat } from "@/lib/base/locale";

/** Background of each shade; the first is for no clicks. */
const SHADES = ["bg-shade-none", "bg-shade-1", "bg-shade-2", "bg-shade-3", "bg-shade-4", "bg-shade-5"];

/** Legend of the shades with the start of each. `lost`: some places have no clicks any more. */
export function Legend({ starts, lost = false }: { starts: readonly number[]; lost?: boolean }) {
  const weakest = SHADES.length - starts.length;
  return (
    <ul aria-label="Clicks by shade" className="flex items-start gap-1 text-muted text-xs tabular-nums">
      <li className="mr-2 grid gap-1">
        <span aria-hidden className={`h-2 w-8 rounded-sm ${SHADES[0]}`} />
        none
      </li>
      {starts.map((start, index) => (
        <li key={start} className="grid gap-1">
          <span aria-hidden className={`h-2 w-8 rounded-sm ${SHADES[weakest + index] ?? ""}`} />
          <span>
            <span className="sr-only">from </span>
            {numberFormat({ notation: "compact" }).format(start)}
            {index === starts.length - 1 && <span aria-hidden>+</span>}
          </span>
        </li>
      ))}
      {lost && (
        <li className="ml-2 grid gap-1">
          <span
            aria-hidden
            className="h-2 w-8 rounded-sm bg-[repeating-linear-gradient(135deg,var(--color-strong-line)_0_2px,var(--color-shade-none)_2px_6px)]"
          />
          only before
        </li>
      )}
    </ul>
  );
}

type HeatHead = { key: string; label: string; name: string; href: string };

type HeatCell = { key: string; name: string; shade: number; href: string };

export type HeatRow = { head: HeatHead; cells: readonly HeatCell[] };

function HeadLink({ head: { label, name, href } }: { head: HeatHead }) {
  return (
    <a
      href={href}
      aria-label={name}
      className="grid h-full place-items-center rounded px-0.5 text-[0.6875rem] text-muted tabular-nums lg:text-[0.625rem] lg:tracking-tighter hover:bg-raised hover:text-ink"
    >
      {label}
    </a>
  );
}

type Props = { label: string; hours: readonly HeatHead[]; days: readonly HeatRow[] };

/** Days of 24 hours; on a phone the days are columns. */
export function HeatMap({ label, hours, days }: Props) {
  return (
    <LinkField>
      <table
        role="table"
        className={`${days.length === 1 ? "grid-cols-[1.75rem_1fr]" : "grid-cols-[1.75rem_repeat(7,minmax(0,1fr))]"} relative grid h-full w-full grid-flow-col grid-rows-[repeat(25,1.375rem)] gap-0.5 sm:grid-flow-row sm:grid-cols-[2.25rem_repeat(24,minmax(0,1fr))] sm:grid-rows-[1.25rem] sm:auto-rows-[minmax(1.75rem,1fr)]`}
      >
        <caption className="sr-only">{label}</caption>
        <thead role="rowgroup" className="contents">
          <tr role="row" className="contents">
            <td role="cell" />
            {hours.map((hour) => (
              <th key={hour.key} role="columnheader" scope="col" className="font-normal">
                <HeadLink head={hour} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="contents">
          {days.map(({ head, cells }) => (
            <tr key={head.key} role="row" className="contents">
              <th role="rowheader" scope="row" className="font-normal">
                <HeadLink head={head} />
              </th>
              {cells.map(({ key, name, shade, href }) => (
                <td key={key} role="cell">
                  <a
                    href={href}
                    className={`relative block h-full rounded-[3px] hover:outline-2 hover:outline-ink ${SHADES[shade] ?? ""}`}
                  >
                    <span className="sr-only">{name}</span>
                  </a>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </LinkField>
  );
}
