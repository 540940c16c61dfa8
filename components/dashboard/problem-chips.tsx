import { TriangleAlert } from "lucide-react";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withoutProblem } from "@/lib/question/codec/write";
import type { Problem } from "@/lib/question/question";
import { Chip } from "./chip";

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
