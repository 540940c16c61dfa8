import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";

/**
 * Wraps a route handler: what it throws becomes `{ error: { code, message } }`. Unknown errors are logged whole and
 * answered blandly.
 */
export function route<Context>(handler: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      return await handler(request, context);
    } catch (error) {
      if (error instanceof AppError) return error.toResponse();
      log.error({ err: error, path: new URL(request.url).pathname }, "request failed");
      return new AppError(
        "internal_server_error",
        "Something went wrong on our side. The log has the details.",
      ).toResponse();
    }
  };
}
