import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { text } from "@/components/health/text";
import type { HealthFacts } from "@/lib/health/facts";
import { judge } from "@/lib/health/judge";

/** In the header when something is wrong: the way to what it is. */
export async function HealthMark({ facts }: { facts: Promise<HealthFacts> }) {
  const { problems } = judge(await facts);
  if (problems.length === 0) return null;
  const words = problems.map(({ message }) => message).join(" ");
  return (
    <Link
      href="/health"
      prefetch={false}
      aria-label={text.markIs(words)}
      title={words}
      className="grid size-9 place-items-center rounded-lg text-warn hover:bg-raised"
    >
      <TriangleAlert aria-hidden className="size-4" />
    </Link>
  );
}

/** On every page, as long as its numbers lack what waits for the database. */
export async function SpoolNote({ facts }: { facts: Promise<HealthFacts> }) {
  const { waiting } = await facts;
  if (waiting === 0) return null;
  return (
    <p role="status" className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      {text.waiting(waiting)}
    </p>
  );
}
