import "server-only";
import { readAddress } from "@/lib/base/addresses";
import { env } from "@/lib/base/env";
import type { Middleware } from "@/lib/base/http/middleware";

/** Header with the email address of a person whom a proxy has signed in. Only the middleware below sets it. */
const PROXY_EMAIL = "x-footfall-email";

/** Believes SIGN_IN_HEADER from the proxies in SIGN_IN_PROXIES, and from nobody else. */
export const readProxySignIn: Middleware = ({ headers, socket }) => {
  const { SIGN_IN_HEADER, SIGN_IN_PROXIES } = env();
  delete headers[PROXY_EMAIL];
  if (SIGN_IN_HEADER === undefined || SIGN_IN_PROXIES === undefined) return false;
  const said = headers[SIGN_IN_HEADER];
  delete headers[SIGN_IN_HEADER];
  const isProxy = SIGN_IN_PROXIES.has(socket.remoteAddress ? readAddress(socket.remoteAddress) : null);
  if (isProxy && typeof said === "string" && said.trim() !== "") headers[PROXY_EMAIL] = said.trim();
  return false;
};

/** What a trusted proxy says who asks: an email address, or other text that is none. Null where no proxy signs in. */
export const proxyName = (headers: Headers): string | null =>
  env().SIGN_IN_HEADER === undefined ? null : headers.get(PROXY_EMAIL);
