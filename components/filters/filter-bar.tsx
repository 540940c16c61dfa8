import { Bookmark, TriangleAlert, X } from "lucide-react";
import { Fragment, type ReactNode, Suspense } from "react";
import { ACCENT, SamePageLink, TextLink } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import { ViewsButton } from "@/components/views/views-button";
import { requireViewer } from "@/lib/account/session";
import { listViews } from "@/lib/account/views/store";
import { isShown, PLAIN_OVERVIEW, type SavedView, viewQuery } from "@/lib/account/views/view";
import { conditionWords, type Names } from "@/lib/api/why";
import { folderNames } from "@/lib/click/folders";
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

/** A group of alternatives as a sentence; most have one condition. */
function ConditionsChip({ places, href, names }: { places: Placed[]; href: string; names: Names }) {
  const parts = places.map((place) => {
    const words = conditionWords(place.condition, names);
    return { place, ...words, name: `${words.subject} ${words.verb} ${words.object}` };
  });
  const name = parts.map((part) => part.name).join(", or ");
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
function chipsOf({ path, params, linkId }: View): Placed[][] {
  const isOwn = ({ condition: { field, op, values } }: Placed) =>
    field === "linkId" && op === "is" && (path === "/compare" || (values.length === 1 && values[0] === linkId));
  return placedConditions(params).filter(([first, ...more]) => !(first && more.length === 0 && isOwn(first)));
}

/** The same page with its dates but without filters, invalid ones included; null without any. */
function clearedHref({ path, params, filters: { problems } }: View, chips: Placed[][]): string | null {
  if (chips.length + problems.length === 0) return null;
  return hrefTo(path, problems.reduce(withoutProblem, chips.reduce(withoutPlaced, params)));
}

const idsOf = (chips: Placed[][], field: "linkId" | "tagId" | "folderId") =>
  chips
    .flat()
    .flatMap(({ condition }) => (condition.field === field ? condition.values.filter((id) => id !== null) : []));

type FilterChipsProps = { view: View; chips: Placed[][]; cleared: string };

/** All conditions, and invalid parts of the URL. */
async function FilterChips({ view, chips, cleared }: FilterChipsProps) {
  const { problems } = view.filters;
  const [links, tags, folders] = await Promise.all([
    ask({ kind: "labels", ids: idsOf(chips, "linkId") }),
    ask({ kind: "tagNames", ids: idsOf(chips, "tagId") }),
    folderNames(idsOf(chips, "folderId")),
  ]);
  return (
    <ul aria-label="Filters" className="contents">
      {chips.map((places) => (
        <ConditionsChip
          key={JSON.stringify(places)}
          places={places}
          href={hrefTo(view.path, withoutPlaced(view.params, places))}
          names={{ links, tags, folders }}
        />
      ))}
      <ProblemChips path={view.path} params={view.params} problems={problems} />
      {chips.length + problems.length > 1 && (
        <li>
          <SamePageLink href={cleared} className={`${ACCENT} px-2 py-1.5 print:hidden`}>
            Clear all
          </SamePageLink>
        </li>
      )}
    </ul>
  );
}

const pageOf = ({ path, params, filters }: View) => ({ path, query: viewQuery(params, filters.zone) });

/** The saved view that this page shows, or null; of several, the default. */
async function shownView(view: View): Promise<SavedView | null> {
  const current = pageOf(view);
  const shown = (await listViews(await requireViewer())).filter((saved) => isShown(saved, current));
  return shown.find(({ pinned }) => pinned) ?? shown[0] ?? null;
}

function ViewName({ name }: { name: string | null }) {
  return (
    <>
      <Bookmark aria-hidden className={`size-4 shrink-0 ${name ? "fill-accent text-accent" : "text-muted"}`} />
      <span className="sr-only">{name === null ? "Views" : `Views: ${name}`}</span>
      <span aria-hidden className="truncate">
        {name ?? "Views"}
      </span>
    </>
  );
}

async function ShownName({ shown }: { shown: Promise<SavedView | null> }) {
  return <ViewName name={(await shown)?.name ?? null} />;
}

/** Says that the overview opened with the default view, with a link to the plain one. */
async function DefaultNote({ shown }: { shown: Promise<SavedView | null> }) {
  if (!(await shown)?.pinned) return null;
  return (
    <p className="text-muted print:hidden">
      Your default view. <TextLink href={PLAIN_OVERVIEW}>Plain overview</TextLink>
    </p>
  );
}

/** Above the figures: filters and saved views. */
export function FilterBar({ view }: { view: View }) {
  const shown = shownView(view);
  const chips = chipsOf(view);
  const cleared = clearedHref(view, chips);
  return (
    <search aria-label="Filters and views" className="flex min-h-9 flex-wrap items-center gap-2">
      <FilterHost linkId={view.linkId}>
        <ViewsButton current={pageOf(view)}>
          <Suspense fallback={<ViewName name={null} />}>
            <ShownName shown={shown} />
          </Suspense>
        </ViewsButton>
        <Suspense>
          <DefaultNote shown={shown} />
        </Suspense>
        <Suspense>{cleared !== null && <FilterChips view={view} chips={chips} cleared={cleared} />}</Suspense>
      </FilterHost>
    </search>
  );
}
