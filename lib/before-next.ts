import "server-only";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import { inLocale, localeOf } from "@/lib/locale";
import { log } from "@/lib/log";
import { prepareServer } from "@/lib/server-limits";

/**
 * Answers a request, then or later, and returns true; or leaves it to the next one, in the end to Next, and returns
 * false. Until then it may correct what the request says.
 */
export type Taker = (request: IncomingMessage, response: ServerResponse) => boolean;

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
  const said = known ? error : new AppError("internal_server_error", "Something went wrong on our side.");
  if (response.headersSent) response.destroy();
  else void respond(request, response, said.toResponse());
}

/**
 * Lets requests be answered before Next sees them. Next makes the HTTP server itself and offers no place before its own,
 * so the event is taken off here. What Next does answer, it answers in the reader's locale.
 *
 * @param takers asked in order; the first that takes a request is the last that is asked. An AppError of one of them is
 * the answer
 * @param isDevelopment leaves the server as Next wants it: it reloads pages over an upgraded connection
 */
export function answerBeforeNext(takers: readonly Taker[], isDevelopment: boolean): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
    const pass = () => Reflect.apply(emit, this, [event, ...args]);
    if (event === "connection" && !isDevelopment) prepareServer(this);
    if (event !== "request") return pass();
    const [request, response] = args as [IncomingMessage, ServerResponse];
    try {
      if (takers.some((take) => take(request, response))) return true;
    } catch (error) {
      answerFailure(error, request, response);
      return true;
    }
    return inLocale(localeOf(request.headers["accept-language"]), pass);
  };
}
