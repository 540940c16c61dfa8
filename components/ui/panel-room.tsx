import type { ReactNode } from "react";

/**
 * Figures, and room beside them for the panels that explain them, on a wide screen and while there is one. `panel` is
 * one that the server draws; the browser adds others to the same place.
 */
export function PanelRoom({ panel, children }: { panel?: ReactNode; children: ReactNode }) {
  return (
    <div className="panel-room">
      <div className="@container min-w-0">{children}</div>
      <div data-panels className="contents">
        {panel}
      </div>
    </div>
  );
}
