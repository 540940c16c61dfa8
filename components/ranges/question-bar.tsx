import type { ReactNode } from "react";
import { FilterControls, filterCount, ProblemNotes } from "@/components/filters/filter-controls";
import { counted } from "@/components/ui/counted";
import { Icon } from "@/components/ui/icon";
import { SamePageLink } from "@/components/ui/link";
import { PhoneSheet } from "@/components/ui/phone-sheet";
import { Popover } from "@/components/ui/popover";
import { Shortcuts } from "@/components/ui/use-shortcut";
import { ask } from "@/components/views/ask";
import { ExportForm } from "@/components/views/export-form";
import { Promptly } from "@/components/views/promptly";
import { SavedViews } from "@/components/views/saved-views";
import { exportHref, type View } from "@/components/views/view";
import { usualBots } from "@/lib/account/preferences";
import { requireViewer } from "@/lib/account/session";
import { BOTS, type Bots } from "@/lib/base/bots";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { RANGE_SHORTCUTS } from "@/lib/question/presets";
import type { Filters } from "@/lib/question/question";
import { ComparePicker } from "./compare-picker";
import { RangePicker } from "./range-picker";

const KEYS = RANGE_SHORTCUTS.map(({ key }) => key);

const BOT_WORDS: Record<Bots, string> = { include: "Bots included", exclude: "Bots excluded", only: "Only bots" };

const ROW = "menu-choice h-9 max-sm:h-11";

async function BotPicker({ view }: { view: View }) {
  const { bots } = view.filters;
  const usual = await usualBots();
  // Left out of the URL, unless it would then get the installation's default.
  const paramOf = (choice: Bots) => (choice === "include" && usual === "include" ? null : choice);
  return (
    <Popover id="bots" label="Clicks by bots" buttonClass="tool" panelClass="sm:w-48" button={BOT_WORDS[bots]}>
      <nav aria-label="Bots" className="grid p-1.5">
        {BOTS.map((choice) => (
          <SamePageLink
            key={choice}
            href={hrefTo(view.path, withParam(view.params, "bots", paramOf(choice)))}
            aria-current={choice === bots ? "true" : undefined}
            className={ROW}
          >
            {BOT_WORDS[choice]}
          </SamePageLink>
        ))}
      </nav>
    </Popover>
  );
}

const CLICK_FILES = [
  { label: "CSV", file: "events.csv" },
  { label: "NDJSON", file: "events.ndjson" },
  { label: "Parquet", file: "events.parquet" },
];

function ExportMenu({ view }: { view: View }) {
  return (
    <Popover
      id="export"
      label="Export"
      buttonClass="tool"
      panelClass="sm:w-72"
      button={
        <>
          <Icon of="download" className="text-muted" />
          Export
        </>
      }
    >
      <div className="grid p-1.5">
        <a href={exportHref(view, "all.zip")} download className={ROW}>
          Export all as CSV (ZIP)
        </a>
        <a href={exportHref(view, "all.zip", { bom: true })} download className={ROW}>
          The same for Excel
        </a>
      </div>
      <div className="border-line border-t p-1.5">
        <ExportForm
          choices={[
            ...CLICK_FILES.map(({ label, file }) => ({ label: `All clicks, ${label}`, href: exportHref(view, file) })),
            { label: "All breakdowns, CSV in a ZIP", href: exportHref(view, "all.zip") },
          ]}
        />
      </div>
    </Popover>
  );
}

/** How many clicks the question finds. */
async function totalOf(filters: Filters): Promise<string> {
  const { clicks } = await ask({ kind: "totals" }, filters);
  return counted(clicks, "click");
}

/** Joins the controls to a sentence. */
const Word = ({ children }: { children: ReactNode }) => <span className="text-muted max-sm:hidden">{children}</span>;

type Props = {
  view: View;
  /** What the total is of, where that is not the view. */
  total?: Filters;
  withExport?: boolean;
  withComparison?: boolean;
};

/**
 * The question of the page as one sentence, and its total; every part is changed where it stands. It stays below the
 * header while the page scrolls.
 */
export async function QuestionBar({ view, total = view.filters, withExport = true, withComparison = true }: Props) {
  const filters = filterCount(view);
  const { powers } = await requireViewer();
  return (
    <>
      <search
        aria-label="Question"
        className="-mx-4 -my-2 sticky top-14 z-10 flex items-center gap-2 bg-page px-4 py-2 sm:max-h-36 sm:flex-wrap sm:overflow-y-auto print:static"
      >
        <Shortcuts keys={KEYS} />
        <p data-numbers className="flex h-9 items-center whitespace-nowrap font-semibold tabular-nums">
          <Promptly fallback={<span className="h-4 w-20 rounded bg-raised motion-safe:animate-pulse" />}>
            {totalOf(total)}
          </Promptly>
        </p>
        <Word>in</Word>
        <RangePicker view={view} />
        <PhoneSheet id="filters" label="Filters" count={filters}>
          {filters > 0 && <Word>where</Word>}
          <FilterControls view={view} />
        </PhoneSheet>
        <PhoneSheet id="more" label="More">
          {withComparison && <ComparePicker view={view} />}
          <BotPicker view={view} />
          <div className="contents sm:ml-auto sm:flex sm:gap-2 print:hidden">
            <SavedViews view={view} />
            {withExport && powers.includes("export") && <ExportMenu view={view} />}
          </div>
        </PhoneSheet>
      </search>
      <ProblemNotes view={view} />
    </>
  );
}
