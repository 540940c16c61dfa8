import type { Facts } from "@/lib/health/facts";
import { text } from "@/lib/text/health";

/** On every page, as long as its numbers lack what waits for the database. */
export async function SpoolNote({ facts }: { facts: Promise<Facts> }) {
  const { waiting } = await facts;
  if (waiting === 0) return null;
  return (
    <p role="status" className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      {text.waiting(waiting)}
    </p>
  );
}
