import { CircleCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { text } from "@/components/health/text";
import type { HealthProblem, ProblemId } from "@/lib/health/judge";

/** Where to go about a problem, if it can be looked at here. */
const ADVICE_LINKS: Partial<Record<ProblemId, { href: string; label: string }>> = {
  secrets: { href: "/settings", label: text.openSecrets },
  quarantine: { href: "/deliveries?outcome=quarantined&span=all", label: text.lookAtThem },
};

const CARD = "overflow-hidden rounded-2xl border border-line bg-surface shadow-card";

function Problem({ problem: { id, message } }: { problem: HealthProblem }) {
  const link = ADVICE_LINKS[id];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-medium">{message}</p>
        <p className="mt-0.5 text-muted">
          {text.advice[id]}{" "}
          {link && (
            <Link href={link.href} prefetch={false} className="whitespace-nowrap rounded text-accent underline">
              {link.label}
            </Link>
          )}
        </p>
      </div>
    </li>
  );
}

/** Current problems with advice, worst first, or that there are none. */
export function ProblemList({ problems }: { problems: HealthProblem[] }) {
  if (problems.length === 0) {
    return (
      <p className={`${CARD} flex items-center gap-3 px-4 py-4`}>
        <CircleCheck aria-hidden className="size-5 shrink-0 text-accent" />
        <span className="font-medium">{text.allWell}</span>
      </p>
    );
  }
  return (
    <ul aria-label={text.problems} className={`${CARD} divide-y divide-line`}>
      {problems.map((problem) => (
        <Problem key={problem.id} problem={problem} />
      ))}
    </ul>
  );
}
