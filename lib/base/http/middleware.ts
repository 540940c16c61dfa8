import "server-only";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AppError } from "@/lib/base/errors";
import { inLocale, localeOf } from "@/lib/base/locale";
import { log } from "@/lib/base/log";

/**
 * Answers a request, then or later, and returns true; or leaves it to the next one, in the end to Next, and returns
 * false. Until then it may correct what the request says.
 */
export type Middleware = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What is left of a body that is larger is not waited for: the connection ends with the answer. */
const MAX_REST_BYTES = 65_536;

function mayGoOn({ complete, headers }: IncomingMessage): boolean {
  if (complete) return true;
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) <= MAX_REST_BYTES;
}

/** Sends an answer that has a short text. */
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
  if (!known) log.error({ err: error, path: request.url }, "request failed");
  const said = known
    ? error
    : new AppError("internal_server_error", "Something went wrong. See the server’s log for details.");
  if (response.headersSent) response.destroy();
  else void respond(request, response, said.toResponse());
}

/**
 * What answers all requests of a server: each middleware in order, in the end Next, in the reader's locale.
 *
 * @param middleware the first that takes a request is the last that is asked; an AppError that one throws is the answer
 * @param next answers what nobody took
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
