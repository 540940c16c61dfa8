import { FileArchive } from "lucide-react";
import { ParamSelect } from "@/components/ui/param-select";
import { RangePicker } from "./range-picker";
import { exportHref, type View } from "./view";
import { ZonePicker } from "./zone-picker";

const BOT_CHOICES = [
  { value: "", label: "Bots included" },
  { value: "exclude", label: "Bots excluded" },
  { value: "only", label: "Only bots" },
];

/** Span, zone, bots and the download of everything: what applies to all cards. */
export function Toolbar({ view, withExport = true }: { view: View; withExport?: boolean }) {
  const { bots, zone } = view.filters;
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <RangePicker view={view} />
      <ZonePicker zone={zone} />
      <ParamSelect label="Bots" name="bots" value={bots === "include" ? "" : bots} options={BOT_CHOICES} />
      {withExport && (
        <a
          href={exportHref(view, "all.zip")}
          download
          title="A ZIP with one CSV for every card"
          className="flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised"
        >
          <FileArchive aria-hidden className="size-4 text-muted" />
          Export all
        </a>
      )}
    </div>
  );
}
