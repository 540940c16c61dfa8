import type { ProblemId } from "@/lib/health/judge";
import { text } from "@/lib/text/health";

/** Where to go about a problem, if it can be looked at here. */
export const ADVICE_LINKS: Partial<Record<ProblemId, { href: string; label: string }>> = {
  secrets: { href: "/settings", label: text.openSecrets },
  quarantine: { href: "/deliveries?outcome=quarantined&span=all", label: text.lookAtThem },
};
