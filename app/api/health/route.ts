import { judge } from "@/lib/health/judge";
import { readFacts } from "@/lib/health/read";
import packageJson from "@/package.json";

const HEADERS = { "Cache-Control": "no-store" };

export const dynamic = "force-dynamic";

/**
 * Whether this process can take deliveries and answer questions, and what somebody should look at. 200 and `degraded`
 * while the database is away and deliveries go to the spool: whoever took the server out of service for it would lose
 * them. 503 only when they have nowhere to go; with `?strict=1`, for those who watch, on any problem. Open to everyone:
 * it tells no numbers of clicks and no names.
 */
export async function GET(request: Request): Promise<Response> {
  const facts = await readFacts();
  const { status, problems } = judge(facts);
  const isStrict = new URL(request.url).searchParams.get("strict") === "1";
  const isFine = isStrict ? problems.length === 0 : status !== "unavailable";
  const { database, mirror } = facts;
  const { bytes, limit } = facts.spool;
  const body = {
    status,
    ...(database !== null && {
      reason: problems
        .filter(({ id }) => id === "database" || id === "spool-full")
        .map(({ message }) => message)
        .join(" "),
    }),
    version: packageJson.version,
    database: database === null ? "ok" : "away",
    spool: { bytes, limit },
    mirror,
    ...(facts.stored?.respelling != null && { respelling: { progress: facts.stored.respelling } }),
    problems,
  };
  return Response.json(body, { status: isFine ? 200 : 503, headers: HEADERS });
}
