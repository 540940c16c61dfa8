import { TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { SamePageLink } from "@/components/ui/link";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withoutProblem } from "@/lib/question/codec/write";
import { text } from "@/lib/question/filters-text";
import type { Problem } from "@/lib/question/question";

type ChipProps = { href: string; name: string; broken?: boolean; children: ReactNode };

/** One part of what a page is restricted to, with its way out. */
export function Chip({ href, name, broken = false, children }: ChipProps) {
  return (
    <li
      className={`flex min-h-9 max-w-full items-center rounded-lg border ${broken ? "border-danger bg-danger-soft pl-3 text-danger" : "border-line bg-surface pl-1"}`}
    >
      <span className="flex min-w-0 flex-wrap items-center">{children}</span>
      <SamePageLink
        href={href}
        aria-label={text.remove(name)}
        title={text.removeThis}
        className="mr-0.5 grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink print:hidden"
      >
        <X aria-hidden className="size-3.5" />
      </SamePageLink>
    </li>
  );
}

type Props = { path: string; params: URLSearchParams; problems: readonly Problem[] };

/** Parts of the address that were not understood: they are said, not ignored. */
export function ProblemChips({ path, params, problems }: Props) {
  return problems.map((problem) => (
    <Chip
      key={`${problem.param}=${problem.value}`}
      broken
      href={hrefTo(path, withoutProblem(params, problem))}
      name={`${problem.param}=${problem.value}`}
    >
      <TriangleAlert aria-hidden className="mr-1.5 size-4 shrink-0" />
      <span className="min-w-0 break-words py-1" title={problem.message}>
        <code className="break-all font-mono">
          {problem.param}={problem.value}
        </code>{" "}
        {problem.message}
      </span>
    </Chip>
  ));
}
