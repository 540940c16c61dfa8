import { FileArchive } from "lucide-react";
import { ParamSelect } from "@/components/ui/param-select";
import { Shortcuts } from "@/components/ui/use-shortcut";
import { exportHref, type View } from "@/components/views/view";
import { BOTS, type Bots } from "@/lib/base/bots";
import { env } from "@/lib/base/env";
import { RANGE_SHORTCUTS } from "@/lib/question/presets";
import { ComparePicker } from "./compare-picker";
import { RangePicker } from "./range-picker";

/** Defaults are omitted from URLs, unless this installation has others. */
const botValue = (bots: Bots): string => (bots === "include" && env().DEFAULT_BOTS === "include" ? "" : bots);

const BOT_WORDS: Record<Bots, string> = { include: "Bots included", exclude: "Bots excluded", only: "Only bots" };

const KEYS = RANGE_SHORTCUTS.map(({ key }) => key);

type Props = { view: View; withExport?: boolean; withComparison?: boolean };

/** Range, comparison, bots and export: what applies to all cards. */
export function Toolbar({ view, withExport = true, withComparison = true }: Props) {
  const { bots } = view.filters;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 max-sm:w-full print:hidden">
      <Shortcuts keys={KEYS} />
      <RangePicker view={view} />
      {withComparison && <ComparePicker view={view} />}
      <ParamSelect
        label="Bots"
        name="bots"
        value={botValue(bots)}
        options={BOTS.map((choice) => ({ value: botValue(choice), label: BOT_WORDS[choice] }))}
      />
      {withExport && (
        <>
          <a href={exportHref(view, "all.zip")} download title="A ZIP with one CSV per card" className="tool">
            <FileArchive aria-hidden className="size-4 text-muted" />
            <span className="max-sm:sr-only">Export all</span>
          </a>
          <a
            href={exportHref(view, "all.zip", { bom: true })}
            download
            title="The same ZIP, with CSVs that Excel opens as UTF-8"
            className="flex h-9 items-center max-sm:ml-auto rounded-lg px-2 text-muted hover:bg-raised hover:text-ink"
          >
            For Excel
          </a>
        </>
      )}
    </div>
  );
}
