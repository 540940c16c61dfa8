import "server-only";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { inLocale, localeOf } from "@/lib/locale";

/** Answers a request, then or later, and returns true; or leaves it as it is to Next and returns false. */
export type Taker = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Lets requests be answered before Next sees them. Next makes the HTTP server itself and offers no place before its own,
 * so the event is taken off here. What Next does answer, it answers in the reader's locale.
 *
 * @param takers asked in order; the first that takes a request is the last that is asked
 */
export function answerBeforeNext(takers: readonly Taker[]): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
    const [request, response] = args as [IncomingMessage, ServerResponse];
    if (event === "request" && takers.some((take) => take(request, response))) return true;
    const pass = () => Reflect.apply(emit, this, [event, ...args]);
    return event === "request" ? inLocale(localeOf(request.headers["accept-language"]), pass) : pass();
  };
}
