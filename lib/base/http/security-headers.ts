import "server-only";
import { isHttps } from "@/lib/base/http/https";
import type { Middleware } from "@/lib/base/http/middleware";

/** Where the pages of share links are. */
const SHARED = "/share/";

const YEAR_S = 31_536_000;

/**
 * On every response: nothing is framed, sniffed, embedded by other sites, or told where somebody comes from who follows a
 * link out. Pages add a Content Security Policy.
 */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export const addSecurityHeaders: Middleware = (request, response) => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  // Some sites may embed a share link. Its policy says which: this header can't.
  if (request.url?.startsWith(SHARED)) response.removeHeader("X-Frame-Options");
  // HSTS: browsers that have been here over https use nothing else. Over http they ignore it.
  if (isHttps()) response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
  return false;
};
