import { TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { requireViewer } from "@/lib/access/session";
import { answerLabels } from "@/lib/query/answer";
import type { Condition } from "@/lib/query/filters";
import { withoutParam } from "@/lib/query/search-params";
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

/** The conditions that stand in the address; a link's own page does not repeat the link. */
function shown({ filters, linkId }: View): Condition[] {
  return filters.conditions.filter(({ field }) => !(linkId && field === "linkId"));
}

/** What the numbers are restricted to, each with its way out. Parts that were not understood are said, not ignored. */
export async function FilterChips({ view }: { view: View }) {
  const conditions = shown(view);
  const { problems } = view.filters;
  if (conditions.length + problems.length === 0) return null;
  const ids = conditions
    .filter(({ field }) => field === "linkId")
    .flatMap(({ values }) => values.filter((id) => id !== null));
  const links = await answerLabels(await requireViewer(), ids);
  const removed = (param: string) => hrefTo(view.path, withoutParam(view.params, param));
  const all = [...conditions.map(({ field }) => field), ...problems.map(({ param }) => param)];
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {conditions.map((condition) => {
        const { subject, verb, object } = conditionWords(condition, links);
        return (
          <Chip key={condition.field} href={removed(condition.field)} name={`${subject} ${verb} ${object}`}>
            <span className="text-muted">
              {subject} {verb}
            </span>
            <span className="truncate font-medium">{object}</span>
          </Chip>
        );
      })}
      {problems.map(({ param, value, message }) => (
        <Chip key={param} broken href={removed(param)} name={`${param}=${value}`}>
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          <span className="truncate" title={message}>
            <code className="font-mono">
              {param}={value}
            </code>{" "}
            {message}
          </span>
        </Chip>
      ))}
      {all.length > 1 && (
        <li>
          <Link
            href={hrefTo(view.path, all.reduce(withoutParam, view.params))}
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
