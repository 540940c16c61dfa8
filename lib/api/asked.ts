import "server-only";
import { usualBots } from "@/lib/account/preferences";
import { assertPlain } from "@/lib/api/v1/params";
import { env } from "@/lib/base/env";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import type { Filters } from "@/lib/question/question";

/** What pages open with where nothing else is said: the installation's zone, and its view of bots. */
export async function withDefaults(params: URLSearchParams): Promise<URLSearchParams> {
  const said = new URLSearchParams(params);
  if (!said.has("timezone")) said.set("timezone", env().DEFAULT_TIMEZONE ?? "UTC");
  if (!said.has("bots")) said.set("bots", await usualBots());
  return said;
}

/**
 * The filters of a program that names each parameter. The parameters are a page's, but none is ignored: what a browser or
 * a mailer may have added to an address is a mistake here, and an ignored one would widen the answer.
 *
 * @throws AppError naming the first parameter that isn't understood
 */
export function filtersAsked(params: URLSearchParams, now: Date): Filters {
  assertPlain(params);
  const filters = filtersFromParams(params, now);
  assertAnswerable(filters);
  return filters;
}
