import type { ReactNode } from "react";

type Row = {
  id: number;
  label: string;
  /** Null where there is nothing yet. */
  clicks: number | null;
  previous?: { label: string; clicks: number } | null;
};

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
              <th scope="col">Time</th>
              <th scope="col">Clicks</th>
              {compared && (
                <>
                  <th scope="col">Compared with</th>
                  <th scope="col">Clicks then</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label: words, clicks, previous }) => (
              <tr key={id}>
                <th scope="row">{words}</th>
                <td>{clicks ?? "not yet"}</td>
                {compared && (
                  <>
                    <td>{previous?.label ?? "nothing"}</td>
                    <td>{previous?.clicks ?? "nothing"}</td>
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
