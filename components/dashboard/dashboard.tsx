import type { CardKey } from "@/lib/dimensions";
import { BreakdownCard } from "./breakdown-card";
import { ClicksCard } from "./clicks-card";
import { FilterBar } from "./filter-bar";
import type { View } from "./view";

const ORDER: readonly CardKey[] = ["links", "sources", "places", "devices", "browsers", "campaigns"];

/** Everything about the clicks of `view`: over time, and by every dimension. */
export function Dashboard({ view }: { view: View }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <FilterBar view={view} />
      <ClicksCard view={view} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        {ORDER.map((card) => (
          <BreakdownCard key={card} view={view} card={card} />
        ))}
      </div>
    </div>
  );
}
