import type { ReactNode } from "react";
import { text } from "@/lib/text/charts";

type Row = {
  id: number;
  label: string;
  /** Null where there is nothing yet. */
  clicks: number | null;
  /** What is to be known of the number; instead of it when there are none. */
  note?: string | null;
  previous?: { label: string; clicks: number } | null;
};

function cellWords(clicks: number | null, note: string | null): string {
  const words = clicks === null ? text.notYet : String(clicks);
  if (note === null) return words;
  return !clicks ? note : text.withNote(words, note);
}

/** A chart with the same numbers as a table for those who cannot see it. `head` stands above it and is for everybody. */
export function ChartFrame({
  label,
  rows,
  head,
  children,
}: {
  label: string;
  rows: Row[];
  head?: ReactNode;
  children: ReactNode;
}) {
  const compared = rows.some(({ previous }) => previous);
  return (
    <figure aria-label={label} className="m-0">
      {head}
      <div aria-hidden>{children}</div>
      {/* Wrapped, because a table ignores the size that hides it and would widen the page. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">{text.time}</th>
              <th scope="col">{text.clicks}</th>
              {compared && (
                <>
                  <th scope="col">{text.comparedWith}</th>
                  <th scope="col">{text.clicksThen}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label: words, clicks, note, previous }) => (
              <tr key={id}>
                <th scope="row">{words}</th>
                <td>{cellWords(clicks, note ?? null)}</td>
                {compared && (
                  <>
                    <td>{previous?.label ?? text.nothing}</td>
                    <td>{previous?.clicks ?? text.nothing}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
