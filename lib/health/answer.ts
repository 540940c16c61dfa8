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
  const { database, spool } = facts;
  const { state, progress, reason } = facts.mirror;
  const reasons = problems.filter(({ id }) => id === "database" || id.startsWith("spool-"));
  return {
    status,
    ...(database !== null && { reason: reasons.map(({ message }) => message).join(" ") }),
    version: packageJson.version,
    database: database === null ? "ok" : "away",
    spool: { bytes: spool.bytes, limit: spool.limit },
    mirror: { state, progress, reason },
    ...(facts.stored?.respelling != null && { respelling: { progress: facts.stored.respelling } }),
    problems,
  };
}

function write(facts: HealthFacts) {
  const body = bodyOf(facts);
  const isProblemFree = body.problems.length === 0;
  return { text: JSON.stringify(body), isFine: body.status !== "unavailable", isProblemFree };
}

/** Facts are cached for a second, and so is the response about them. */
const written = new WeakMap<HealthFacts, ReturnType<typeof write>>();

/**
 * 200 and `degraded` while deliveries go to the spool: taking the server out of service would lose them. 503 only when
 * they have nowhere to go; with `isStrict`, for monitoring, on any problem. Public: no click counts and no names.
 */
export async function answerHealth(isStrict: boolean): Promise<Response> {
  const facts = await readFacts();
  const known = written.get(facts) ?? write(facts);
  written.set(facts, known);
  const { text, isFine, isProblemFree } = known;
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
