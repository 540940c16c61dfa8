import { TriangleAlert } from "lucide-react";
import { counted } from "@/components/ui/counted";
import { Link } from "@/components/ui/link";
import { ago } from "@/lib/base/format";
import { awaySince } from "@/lib/base/outage";
import type { HealthFacts } from "@/lib/health/facts";
import { judge } from "@/lib/health/judge";

/** In the header while something is wrong: a link to Health. */
export async function HealthMark({ facts }: { facts: Promise<HealthFacts> }) {
  const { problems } = judge(await facts);
  if (problems.length === 0) return null;
  const words = problems.map(({ message }) => message).join(" ");
  return (
    <Link
      href="/health"
      aria-label={`Health: ${words}`}
      title={words}
      className="grid size-9 place-items-center rounded-lg text-warn hover:bg-raised"
    >
      <TriangleAlert aria-hidden className="size-4" />
    </Link>
  );
}

/** On every page while the database is away: from when its figures are. */
export async function AwayNote({ facts }: { facts: Promise<HealthFacts> }) {
  const { at, mirror } = await facts;
  if (awaySince() === null) return null;
  const figures = mirror.asOf
    ? `Figures are from ${ago(mirror.asOf, at)}.`
    : "Figures can’t be shown until it is back.";
  return (
    <p role="status" className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      {`The database is unreachable. ${figures} New clicks are kept, and counted when it is back.`}
    </p>
  );
}

/** On every page while deliveries that wait for the database are missing in its numbers. */
export async function SpoolNote({ facts }: { facts: Promise<HealthFacts> }) {
  const { waiting } = await facts;
  if (waiting === 0) return null;
  return (
    <p role="status" className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      {`${counted(waiting, "delivery is", "deliveries are")} waiting for the database and not counted yet.`}
    </p>
  );
}
