import { FileArchive } from "lucide-react";
import { ParamSelect } from "@/components/ui/param-select";
import { Shortcuts } from "@/components/ui/shortcuts";
import { RANGE_SHORTCUTS } from "@/lib/query/presets";
import { ComparePicker } from "./compare-picker";
import { RangePicker } from "./range-picker";
import { exportHref, type View } from "./view";

const BOT_CHOICES = [
  { value: "", label: "Bots included" },
  { value: "exclude", label: "Bots excluded" },
  { value: "only", label: "Only bots" },
];

const KEYS = RANGE_SHORTCUTS.map(({ key }) => key);

/** Span, comparison, bots and the download of everything: what applies to all cards. */
export function Toolbar({ view, withExport = true }: { view: View; withExport?: boolean }) {
  const { bots } = view.filters;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 max-sm:w-full print:hidden">
      <Shortcuts keys={KEYS} />
      <RangePicker view={view} />
      <ComparePicker view={view} />
      <ParamSelect label="Bots" name="bots" value={bots === "include" ? "" : bots} options={BOT_CHOICES} />
      {withExport && (
        <a
          href={exportHref(view, "all.zip")}
          download
          title="A ZIP with one CSV for every card"
          className="flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised"
        >
          <FileArchive aria-hidden className="size-4 text-muted" />
          <span className="max-sm:sr-only">Export all</span>
        </a>
      )}
    </div>
  );
}
