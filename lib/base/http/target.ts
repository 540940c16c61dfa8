import "server-only";
import { AppError } from "@/lib/base/errors";
import type { Middleware } from "@/lib/base/http/middleware";
import { respond } from "@/lib/base/http/middleware";

const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is;

const malformed = (what: string) => new AppError("bad_request", `${what} Correct the URL.`);

/** The part of a request's target before the query string. */
const pathOf = (target: string): string => target.split("?", 1)[0] ?? "";

/** @throws AppError when an escape is none, or stands for NUL, which nothing here has in its name */
export function decodedPath(target: string): string {
  try {
    const path = decodeURIComponent(pathOf(target));
    if (!path.includes("\0")) return path;
  } catch {
    // Said below.
  }
  throw malformed("The path has an invalid percent-encoding.");
}

/**
 * Takes a request for a whole address (`GET http://host/path`), which a server has to understand, as one for its path;
 * answers `OPTIONS *`.
 *
 * @throws AppError bad_request for what is no path, or has escapes that cannot be read
 */
export const readTarget: Middleware = (request, response) => {
  const { url = "", headers } = request;
  if (url === "*" && request.method === "OPTIONS") {
    void respond(request, response, new Response(null, { status: 204, headers: { Allow: KNOWN.join(", ") } }));
    return true;
  }
  const [, host, rest = ""] = ABSOLUTE.exec(url) ?? [];
  if (host) {
    headers.host = host;
    request.url = rest.startsWith("/") ? rest : `/${rest}`;
  }
  if (!request.url?.startsWith("/")) throw malformed("The request target isn’t a path on this server.");
  decodedPath(request.url);
  request.url = withoutLostName(request.url);
  return false;
};

/**
 * Next reads a query string into an object, in which a parameter `__proto__` is lost: then it would restrict nothing.
 * Under another name it is one that nobody knows, and is refused as such.
 */
function withoutLostName(target: string): string {
  if (!/proto/i.test(target)) return target;
  const [path, ...query] = target.split("?");
  const params = query.join("?").split("&");
  const renamed = params.map((param) =>
    new URLSearchParams(param).has("__proto__") ? param.replace(/^[^=]*/, "_proto_") : param,
  );
  return query.length > 0 ? `${path}?${renamed.join("&")}` : target;
}

const KNOWN = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const FOR_PAGES = "GET, HEAD, OPTIONS";

/** Below it every route says itself which methods it has. */
const API = /^\/+api(\/|$)/;

/** Refuses methods that Next cannot make a request of, and for pages and files all that would change something. */
export const refuseMethod: Middleware = (request, response) => {
  const { method = "", url = "" } = request;
  if (API.test(pathOf(url)) ? KNOWN.includes(method) : method === "GET" || method === "HEAD") return false;
  if (method === "OPTIONS") {
    void respond(request, response, new Response(null, { status: 204, headers: { Allow: FOR_PAGES } }));
    return true;
  }
  throw new AppError("method_not_allowed", `${method} isn’t allowed for this URL.`, {
    Allow: API.test(pathOf(url)) ? KNOWN.join(", ") : FOR_PAGES,
  });
};
