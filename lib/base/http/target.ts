import "server-only";
import { AppError } from "@/lib/base/errors";
import type { Middleware } from "@/lib/base/http/middleware";
import { respond } from "@/lib/base/http/middleware";

const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is;

const malformed = (what: string) => new AppError("bad_request", `${what} Correct the URL.`);

/** The path of a request target, without its query string. */
const pathOf = (target: string): string => target.split("?", 1)[0] ?? "";

/** @throws AppError for an invalid escape, or one that stands for NUL */
export function decodedPath(target: string): string {
  try {
    const path = decodeURIComponent(pathOf(target));
    if (!path.includes("\0")) return path;
  } catch {
    // Thrown below.
  }
  throw malformed("The path has an invalid percent-encoding.");
}

/**
 * Reduces an absolute request target (`GET http://host/path`), which servers must support, to its path; answers
 * `OPTIONS *`.
 *
 * @throws AppError bad_request for an invalid path or escape
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
 * Next parses a query string into an object, in which a parameter `__proto__` is lost and would filter nothing.
 * Renamed, it is rejected like any unknown parameter.
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

/** Routes below it list their methods themselves. */
const API = /^\/+(api(\/|$)|mcp$)/;

/** Rejects methods that Next can't handle, and for pages and files all that could change something. */
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
