import { Fragment } from "react";
import { SamePageLink } from "@/components/ui/link";
import { hrefTo, type View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { conditionWords, type Names } from "@/lib/api/why/conditions";
import { folderNames } from "@/lib/click/folders";
import { answer } from "@/lib/question/answer";
import { type Placed, placedConditions, withoutPlaced, withoutProblem } from "@/lib/question/codec/write";
import { text } from "@/lib/question/filters-text";
import { question } from "@/lib/question/question";
import { Chip, ProblemChips } from "./chip";
import { AddAlternative, EditCondition } from "./filter-host";

/** Conditions of which one has to hold, as a sentence; most stand alone. */
function ConditionsChip({ places, href, names }: { places: Placed[]; href: string; names: Names }) {
  const parts = places.map((place) => {
    const words = conditionWords(place.condition, names);
    return { place, ...words, name: `${words.subject} ${words.verb} ${words.object}` };
  });
  const name = text.orList(parts.map((part) => part.name));
  const last = places.at(-1);
  return (
    <Chip href={href} name={name}>
      {parts.map(({ place, subject, verb, object, labels, name }, index) => (
        <Fragment key={name}>
          {index > 0 && <span className="text-muted">{text.orWord} </span>}
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

/** The conditions that stand in the address; a link's own page does not repeat the link, nor a comparison its links. */
function chipsOf({ path, params, linkId }: View): Placed[][] {
  const isOwn = ({ condition: { field, op, values } }: Placed) =>
    field === "linkId" && op === "is" && (path === "/compare" || (values.length === 1 && values[0] === linkId));
  return placedConditions(params).filter(([first, ...more]) => !(first && more.length === 0 && isOwn(first)));
}

/** The same page with its dates but without filters, broken ones included; null when there are none. */
export function clearedHref(view: View): string | null {
  const { problems } = view.filters;
  const chips = chipsOf(view);
  if (chips.length + problems.length === 0) return null;
  const cleared = problems.reduce(withoutProblem, chips.reduce(withoutPlaced, view.params));
  return hrefTo(view.path, cleared);
}

const idsOf = (chips: Placed[][], field: "linkId" | "tagId" | "folderId") =>
  chips
    .flat()
    .flatMap(({ condition }) => (condition.field === field ? condition.values.filter((id) => id !== null) : []));

/** What the numbers are restricted to, each with its way out. Parts that were not understood are said, not ignored. */
export async function FilterChips({ view }: { view: View }) {
  const chips = chipsOf(view);
  const { problems } = view.filters;
  const cleared = clearedHref(view);
  if (cleared === null) return null;
  const scope = await requireViewer();
  const [links, tags, folders] = await Promise.all([
    answer(question(scope, { kind: "labels", ids: idsOf(chips, "linkId") })),
    answer(question(scope, { kind: "tagNames", ids: idsOf(chips, "tagId") })),
    folderNames(idsOf(chips, "folderId")),
  ]);
  return (
    <ul aria-label={text.list} className="contents">
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
          <SamePageLink
            href={cleared}
            className="rounded-md px-2 py-1.5 font-medium text-accent hover:underline print:hidden"
          >
            {text.clearAll}
          </SamePageLink>
        </li>
      )}
    </ul>
  );
}
