import { TriangleAlert, X } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { ACCENT, SamePageLink } from "@/components/ui/link";
import type { View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { namesIn } from "@/lib/api/about";
import { conditionWords, type Names } from "@/lib/api/why";
import { hrefTo } from "@/lib/question/codec/query-string";
import { type Placed, placedConditions, withoutPlaced, withoutProblem } from "@/lib/question/codec/write";
import type { Problem } from "@/lib/question/question";
import { AddAlternative, EditCondition, FilterHost } from "./filter-host";

type ChipProps = { href: string; name: string; children: ReactNode };

/** One condition of the page, with a button to remove it. */
function Chip({ href, name, children }: ChipProps) {
  return (
    <li className="flex min-h-9 max-w-full items-center rounded-lg border border-line bg-surface pl-1">
      <span className="flex min-w-0 flex-wrap items-center">{children}</span>
      <SamePageLink
        href={href}
        aria-label={`Remove filter ${name}`}
        title="Remove this filter"
        className="mr-0.5 grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink print:hidden"
      >
        <X aria-hidden className="size-3.5" />
      </SamePageLink>
    </li>
  );
}

type Props = { path: string; params: URLSearchParams; problems: readonly Problem[] };

/** Invalid parts of the URL: nothing matches until they are removed. */
export function ProblemChips({ path, params, problems }: Props) {
  return problems.map((problem) => {
    const name = `${problem.param}=${problem.value}`;
    return (
      <li
        key={name}
        className="flex min-h-9 max-w-full flex-wrap items-center gap-x-3 rounded-lg border border-danger bg-danger-soft px-3 py-1 text-danger"
      >
        <span className="flex min-w-0 items-center gap-1.5">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          <span className="min-w-0 break-words">
            <q className="break-all">{name}</q> in the address isn’t valid, so nothing is shown. {problem.message}
          </span>
        </span>
        <SamePageLink
          href={hrefTo(path, withoutProblem(params, problem))}
          aria-label={`Show without it: ${name}`}
          className="whitespace-nowrap rounded font-medium underline print:hidden"
        >
          Show without it
        </SamePageLink>
      </li>
    );
  });
}

function partsOf(places: readonly Placed[], names: Names) {
  return places.map((place) => {
    const words = conditionWords(place.condition, names);
    return { place, ...words, name: `${words.subject} ${words.verb} ${words.object}` };
  });
}

/** The condition of a chip in words: "Country is Germany". */
export const chipWords = (places: readonly Placed[], names: Names): string =>
  partsOf(places, names)
    .map(({ name }) => name)
    .join(", or ");

/** A group of alternatives as a sentence; most have one condition. */
function ConditionsChip({ places, href, names }: { places: Placed[]; href: string; names: Names }) {
  const parts = partsOf(places, names);
  const name = chipWords(places, names);
  const last = places.at(-1);
  return (
    <Chip href={href} name={name}>
      {parts.map(({ place, subject, verb, object, labels, name }, index) => (
        <Fragment key={name}>
          {index > 0 && <span className="text-muted">or </span>}
          <EditCondition place={place} labels={labels} name={name}>
            <span className="shrink-0 text-muted">
              {subject} {verb}{" "}
            </span>
            <span className="truncate font-medium">{object}</span>
            {index < parts.length - 1 && <span className="-ml-1.5 text-muted">, </span>}
          </EditCondition>
        </Fragment>
      ))}
      {last && <AddAlternative place={last} words={name} />}
    </Chip>
  );
}

/** The conditions in the URL; a link's page doesn't repeat the link, nor a comparison its links. */
export function chipsOf({ path, params, linkId }: View): Placed[][] {
  const isOwn = ({ condition: { field, op, values } }: Placed) =>
    field === "linkId" && op === "is" && (path === "/compare" || (values.length === 1 && values[0] === linkId));
  return placedConditions(params).filter(([first, ...more]) => !(first && more.length === 0 && isOwn(first)));
}

/** The same page with its dates but without filters, invalid ones included; null without any. */
function clearedHref({ path, params, filters: { problems } }: View, chips: Placed[][]): string | null {
  if (chips.length + problems.length === 0) return null;
  return hrefTo(path, problems.reduce(withoutProblem, chips.reduce(withoutPlaced, params)));
}

type FilterChipsProps = { view: View; chips: Placed[][]; cleared: string };

/** All conditions. */
async function FilterChips({ view, chips, cleared }: FilterChipsProps) {
  const names = await namesIn(await requireViewer(), view.filters);
  return (
    <ul aria-label="Filters" className="contents">
      {chips.map((places) => (
        <ConditionsChip
          key={JSON.stringify(places)}
          places={places}
          href={hrefTo(view.path, withoutPlaced(view.params, places))}
          names={names}
        />
      ))}
      {chips.length + view.filters.problems.length > 1 && (
        <li>
          <SamePageLink href={cleared} className={`${ACCENT} px-2 py-1.5 print:hidden`}>
            Clear all
          </SamePageLink>
        </li>
      )}
    </ul>
  );
}

/** How many chips the view has. */
export const filterCount = (view: View): number => chipsOf(view).length;

/** Invalid parts of the URL, in sentences; nothing without any. */
export function ProblemNotes({ view: { path, params, filters } }: { view: View }) {
  if (filters.problems.length === 0) return null;
  return (
    <ul aria-label="Problems" className="flex flex-wrap gap-2">
      <ProblemChips path={path} params={params} problems={filters.problems} />
    </ul>
  );
}

/** The conditions of the view, and the button that adds one. */
export function FilterControls({ view }: { view: View }) {
  const chips = chipsOf(view);
  const cleared = clearedHref(view, chips);
  return (
    <FilterHost linkId={view.linkId}>
      {cleared !== null && <FilterChips view={view} chips={chips} cleared={cleared} />}
    </FilterHost>
  );
}
