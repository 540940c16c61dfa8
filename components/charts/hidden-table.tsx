"use client";

type Props = { caption: string; heads: readonly string[]; rows: readonly { id: string; cells: readonly string[] }[] };

/** A chart's numbers as a table for screen readers. The first cell of a row is its header. */
export function HiddenTable({ caption, heads, rows }: Props) {
  return (
    // Wrapped: a table ignores the size that hides it, and would widen the page.
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [first, ...cells] }) => (
            <tr key={id}>
              <th scope="row">{first}</th>
              {cells.map((cell, index) => (
                <td key={heads[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
