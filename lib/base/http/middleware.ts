import "server-only";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AppError } from "@/lib/base/errors";
import { inLocale, localeOf } from "@/lib/base/locale";
import { log } from "@/lib/base/log";

/**
 * Answers a request, now or later, and returns true; or returns false and leaves it to the next middleware, finally to
 * Next. It may correct the request.
 */
export type Middleware = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The path of a request for the log: a query string may hold the token of an invitation. */
export const pathOf = (url = ""): string => url.split("?", 1)[0] ?? "";

/** The rest of a larger body isn't read: the connection is closed with the response. */
const MAX_REST_BYTES = 65_536;

function mayGoOn({ complete, headers }: IncomingMessage): boolean {
  if (complete) return true;
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) <= MAX_REST_BYTES;
}

/** Sends a response with a short text. */
export async function respond(request: IncomingMessage, response: ServerResponse, answer: Response): Promise<void> {
  const text = await answer.text();
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    ...(mayGoOn(request) ? {} : { Connection: "close" }),
    "X-Content-Type-Options": "nosniff",
  });
  response.end(text);
}

function answerFailure(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  const known = error instanceof AppError;
  if (!known) log.error({ err: error, path: pathOf(request.url) }, "request failed");
  const said = known
    ? error
    : new AppError("internal_server_error", "Something went wrong. See the server’s log for details.");
  if (response.headersSent) response.destroy();
  else void respond(request, response, said.toResponse());
}

/**
 * The listener for all requests: each middleware in order, then Next, in the reader's locale. An AppError that a
 * middleware throws is the response.
 */
export function requestListener(middleware: readonly Middleware[], next: RequestListener): RequestListener {
  return (request, response) => {
    try {
      if (middleware.some((take) => take(request, response))) return;
    } catch (error) {
      answerFailure(error, request, response);
      return;
    }
    inLocale(localeOf(request.headers["accept-language"]), () => next(request, response));
  };
}
