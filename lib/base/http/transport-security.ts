import "server-only";
import { env } from "@/lib/base/env";
import type { Middleware } from "@/lib/base/http/middleware";

const YEAR_S = 31_536_000;

/** Whether this installation is used over https. */
export const isHttps = (publicUrl = env().PUBLIC_URL): boolean => publicUrl?.startsWith("https:") ?? false;

/** HSTS: browsers that have been here over https use nothing else. Over http they ignore it. */
export const addTransportSecurity: Middleware = (_request, response) => {
  if (isHttps()) response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
  return false;
};
