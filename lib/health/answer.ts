import "server-only";
import { type Middleware, respond } from "@/lib/base/http/middleware";
import { answered } from "@/lib/base/http/route";
import packageJson from "@/package.json";
import type { HealthFacts } from "./facts";
import { judge } from "./judge";
import { readFacts } from "./read";

const PATH = "/api/health";
const HEADERS = { "Cache-Control": "no-store", "Content-Type": "application/json" };

function bodyOf(facts: HealthFacts) {
  const { status, problems } = judge(facts);
  const { database, mirror, spool } = facts;
  const reasons = problems.filter(({ id }) => id === "database" || id.startsWith("spool-"));
  return {
    status,
    ...(database !== null && { reason: reasons.map(({ message }) => message).join(" ") }),
    version: packageJson.version,
    database: database === null ? "ok" : "away",
    spool: { bytes: spool.bytes, limit: spool.limit },
    mirror,
    ...(facts.stored?.respelling != null && { respelling: { progress: facts.stored.respelling } }),
    problems,
  };
}

type Written = { text: string; isFine: boolean; isProblemFree: boolean };

/** Facts are cached for a second, and so is the response about them. */
const known = new WeakMap<HealthFacts, Written>();

function written(facts: HealthFacts): Written {
  const found = known.get(facts);
  if (found) return found;
  const body = bodyOf(facts);
  const isFine = body.status !== "unavailable";
  const made = { text: JSON.stringify(body), isFine, isProblemFree: body.problems.length === 0 };
  known.set(facts, made);
  return made;
}

/**
 * 200 and `degraded` while deliveries go to the spool: taking the server out of service would lose them. 503 only when
 * they have nowhere to go; with `isStrict`, for monitoring, on any problem. Public: no click counts and no names.
 */
export async function answerHealth(isStrict: boolean): Promise<Response> {
  const { text, isFine, isProblemFree } = written(await readFacts());
  return new Response(text, { status: (isStrict ? isProblemFree : isFine) ? 200 : 503, headers: HEADERS });
}

/** Whether a query string such as `?strict=1` asks for the strict check. */
export const isStrict = (query: string): boolean => new URLSearchParams(query).get("strict") === "1";

/** Answers health checks before Next does: anybody may ask, and Next's overhead is larger than the check. */
export const serveHealth: Middleware = (request, response) => {
  const [path, query = ""] = (request.url ?? "").split("?", 2);
  if (path !== PATH || request.method !== "GET") return false;
  void answered(PATH, () => answerHealth(isStrict(query))).then((answer) => respond(request, response, answer));
  return true;
};
