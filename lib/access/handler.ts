import "server-only";
import { readBody } from "@/lib/body";
import { AppError } from "@/lib/errors";
import { AUTH_PATH, type Auth, auth } from "./auth";
import { ownOrigins } from "./own-origins";
import { unavailable } from "./unavailable";

/** All that is open of the library's routes. Accounts are neither made nor changed over the network. */
const OPEN = new Set([`POST ${AUTH_PATH}/sign-in/email`, `POST ${AUTH_PATH}/sign-out`, `GET ${AUTH_PATH}/get-session`]);

/** An e-mail address and a password are far smaller. */
const MAX_BODY_BYTES = 16_384;

/**
 * Answers a request to better-auth's own routes: signing in and out, and reading one's session.
 *
 * @throws AppError not_found for every other route, unavailable when the database cannot be asked
 */
export async function handleAuth(request: Request, { handler }: Pick<Auth, "handler"> = auth()): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!OPEN.has(`${request.method} ${pathname}`)) throw new AppError("not_found", "There is nothing at this address.");
  const answer = await handler(withOrigin(await bounded(request))).catch((error: unknown) => {
    throw unavailable(error);
  });
  if (answer.status >= 500) throw unavailable(new Error(`better-auth answered ${answer.status}`));
  return answer;
}

/** The library would read a body of any size. */
async function bounded(request: Request): Promise<Request> {
  if (!request.body) return request;
  const { url, method, headers } = request;
  return new Request(url, { method, headers, body: new Uint8Array(await readBody(request, MAX_BODY_BYTES)) });
}

/**
 * Every browser says where a POST comes from. A request that says nothing comes from a program, which nobody can
 * trick into sending somebody's cookies, so it is taken as our own; the library would refuse it.
 */
function withOrigin(request: Request): Request {
  const { headers } = request;
  if (headers.has("origin") || headers.has("referer") || headers.has("sec-fetch-site")) return request;
  const [own] = ownOrigins(request);
  const named = new Request(request);
  if (own) named.headers.set("origin", own);
  return named;
}
