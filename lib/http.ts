import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";

/**
 * Does what answers a request to `path`: what it throws becomes `{ error: { code, message } }`. Unknown errors are logged
 * whole and answered blandly.
 */
export async function answered(path: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error.toResponse();
    log.error({ err: error, path }, "request failed");
    return new AppError(
      "internal_server_error",
      "Something went wrong on our side. The log has the details.",
    ).toResponse();
  }
}

/** Wraps a route handler, so that it answers whatever happens. */
export function route<Context>(handler: (request: Request, context: Context) => Promise<Response>) {
  return (request: Request, context: Context): Promise<Response> =>
    answered(new URL(request.url).pathname, () => handler(request, context));
}
