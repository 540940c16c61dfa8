import { TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { requireViewer } from "@/lib/access/session";
import { withoutCondition, withoutProblem } from "@/lib/query/address";
import { answerLabels } from "@/lib/query/answer/links";
import type { LinkSummary } from "@/lib/query/answers";
import type { Condition } from "@/lib/query/filters";
import { conditionWords } from "./chips";
import { hrefTo, type View } from "./view";

function Chip({
  href,
  name,
  broken = false,
  children,
}: {
  href: string;
  name: string;
  broken?: boolean;
  children: ReactNode;
}) {
  return (
    <li
      className={`flex max-w-full items-center rounded-lg border py-1 pr-1 pl-3 ${broken ? "border-danger bg-danger-soft text-danger" : "border-line bg-surface"}`}
    >
      <span className="flex min-w-0 items-center gap-1.5 truncate">{children}</span>
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        aria-label={`Remove filter ${name}`}
        title="Remove this filter"
        className="ml-1 grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </Link>
    </li>
  );
}

/** Conditions of which one has to hold, and the how manieth such group it is; a condition for itself is alone. */
type Group = { conditions: Condition[]; index: number | null };

/** The conditions that stand in the address; a link's own page does not repeat the link. */
function groupsOf({ filters, linkId }: View): Group[] {
  const own = (condition: Condition) =>
    condition.field === "linkId" && condition.values.length === 1 && condition.values[0] === linkId;
  const alone = filters.conditions.filter((condition) => !own(condition));
  return [
    ...alone.map((condition) => ({ conditions: [condition], index: null })),
    ...filters.anyOf.map((conditions, index) => ({ conditions, index })),
  ];
}

function without(params: URLSearchParams, { conditions, index }: Group): URLSearchParams {
  return conditions.reduce((rest, condition) => withoutCondition(rest, condition, index), params);
}

function GroupChip({ group, href, links }: { group: Group; href: string; links: Map<string, LinkSummary> }) {
  const words = group.conditions.map((condition) => conditionWords(condition, links));
  const name = words.map(({ subject, verb, object }) => `${subject} ${verb} ${object}`).join(", or ");
  return (
    <Chip href={href} name={name}>
      {words.map(({ subject, verb, object }, index) => (
        <Fragment key={`${subject} ${verb} ${object}`}>
          {index > 0 && <span className="text-muted">or</span>}
          <span className="text-muted">
            {subject} {verb}
          </span>
          <span className="truncate font-medium">{object}</span>
        </Fragment>
      ))}
    </Chip>
  );
}

/** What the numbers are restricted to, each with its way out. Parts that were not understood are said, not ignored. */
export async function FilterChips({ view }: { view: View }) {
  const groups = groupsOf(view);
  const { problems } = view.filters;
  if (groups.length + problems.length === 0) return null;
  const named = groups.flatMap(({ conditions }) => conditions).filter(({ field }) => field === "linkId");
  const links = await answerLabels(
    await requireViewer(),
    named.flatMap(({ values }) => values.filter((id) => id !== null)),
  );
  // The last group first: the others keep their places.
  const cleared = problems.reduce(withoutProblem, groups.toReversed().reduce(without, view.params));
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {groups.map((group) => (
        <GroupChip
          key={JSON.stringify(group)}
          group={group}
          href={hrefTo(view.path, without(view.params, group))}
          links={links}
        />
      ))}
      {problems.map((problem) => (
        <Chip
          key={`${problem.param}=${problem.value}`}
          broken
          href={hrefTo(view.path, withoutProblem(view.params, problem))}
          name={`${problem.param}=${problem.value}`}
        >
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          <span className="truncate" title={problem.message}>
            <code className="font-mono">
              {problem.param}={problem.value}
            </code>{" "}
            {problem.message}
          </span>
        </Chip>
      ))}
      {groups.length + problems.length > 1 && (
        <li>
          <Link
            href={hrefTo(view.path, cleared)}
            scroll={false}
            prefetch={false}
            className="rounded-md px-2 py-1.5 font-medium text-accent hover:underline"
          >
            Clear all
          </Link>
        </li>
      )}
    </ul>
  );
}
