import type { ReactNode } from "react";

/** A chart with the same numbers as a table for those who cannot see it. */
export function ChartFrame({
  label,
  rows,
  children,
}: {
  label: string;
  rows: { id: number; label: string; clicks: number }[];
  children: ReactNode;
}) {
  return (
    <figure aria-label={label} className="m-0">
      <div aria-hidden>{children}</div>
      {/* Wrapped, because a table ignores the size that hides it and would widen the page. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Clicks</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.label}</th>
                <td>{row.clicks}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
