import "server-only";
import { env } from "@/lib/base/env";
import type { Middleware } from "@/lib/base/http/middleware";

const YEAR_S = 31_536_000;

/** Whether people use this installation over https. */
export const isHttps = (publicUrl = env().PUBLIC_URL): boolean => publicUrl?.startsWith("https:") ?? false;

/** Lets browsers that have once been here over https come no other way. They take no notice of it over http. */
export const addTransportSecurity: Middleware = (_request, response) => {
  if (isHttps()) response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
  return false;
};
