import "server-only";
import { AppError, moving } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { DatabaseAway } from "@/lib/base/outage";
import { isAwayNow, isUnreachable } from "@/lib/base/reach";
import { isMoving } from "@/lib/base/sql-state";

/**
 * Runs what answers a request to `path`. Errors become `{ error: { code, message } }`; unknown ones are logged and get
 * a generic message.
 */
export async function answered(path: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error.toResponse();
    if (isMoving(error)) return moving(error).toResponse();
    if (isUnreachable(error)) {
      void isAwayNow(error);
      return new DatabaseAway().toResponse();
    }
    log.error({ err: error, path }, "request failed");
    return new AppError(
      "internal_server_error",
      "Something went wrong. See the server’s log for details.",
    ).toResponse();
  }
}

/** An answer as JSON, which nobody may keep: the next one may be another. */
export const fresh = (body: unknown): Response => Response.json(body, { headers: { "Cache-Control": "no-store" } });

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];

type Handler<Context> = (request: Request, context: Context) => Promise<Response>;

/** 405 with the allowed methods. */
export function wrongMethod(method: string, allowed: readonly string[]): AppError {
  const message = `${method} isn’t allowed for this URL. Use ${allowed.join(" or ")}.`;
  return new AppError("method_not_allowed", message, { Allow: allowed.join(", ") });
}

/** A GET response without its body, which is cancelled. */
async function headOf(answer: Response): Promise<Response> {
  await answer.body?.cancel();
  return new Response(null, answer);
}

/** Wraps a route handler: errors become API errors. */
export function route<Context>(handler: Handler<Context>): Handler<Context> {
  return (request, context) => answered(new URL(request.url).pathname, () => handler(request, context));
}

/**
 * The methods that a route lacks, to export beside its own: 405 with the allowed ones, OPTIONS, and HEAD where there is
 * GET.
 */
export function otherMethods<Own extends Partial<Record<Method, Handler<never>>>>(
  own: Own,
): Record<Exclude<Method, keyof Own>, Handler<unknown>> {
  const { GET } = own;
  const head = GET && route(async (request, context) => headOf(await GET(request, context as never)));
  const has = (method: Method) => own[method] !== undefined || (method === "HEAD" && head !== undefined);
  const allowed = METHODS.filter(has);
  const options = async () =>
    new Response(null, { status: 204, headers: { Allow: [...allowed, "OPTIONS"].join(", ") } });
  const others = METHODS.filter((method) => own[method] === undefined).map((method) => {
    if (method === "HEAD" && head) return [method, head];
    if (method === "OPTIONS") return [method, options];
    return [method, route(() => Promise.reject(wrongMethod(method, allowed)))];
  });
  return Object.fromEntries(others);
}
