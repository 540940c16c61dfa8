import type { Actor } from "@/lib/account/audit/actions";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { inTodaysWords, readCondition } from "@/lib/question/codec/conditions";
import { isAppended } from "@/lib/question/codec/parameters";

/** @throws AppError naming the parameter */
export function refuse(param: string, message: string): never {
  throw new AppError("unprocessable_entity", `${param}: ${message}`);
}

/** A whole number from a query string. @throws AppError for another value */
export function integer(params: URLSearchParams, name: string, fallback: number, min: number, max: number): number {
  const text = params.get(name) || String(fallback);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : refuse(name, `Use a number from ${min} to ${max}.`);
}

/** One of some words from a query string. @throws AppError for another value */
export function choice<T extends string>(params: URLSearchParams, name: string, choices: readonly T[], fallback: T): T {
  const text = params.get(name) || fallback;
  return choices.find((entry) => entry === text) ?? refuse(name, `Use ${choices.join(" or ")}.`);
}

const isCondition = (name: string): boolean => readCondition(...(inTodaysWords(name, "x") ?? [name, "x"])) !== null;

/**
 * Refuses what pages ignore: what a browser or a mailer may have added to an address is a mistake of a program, and an
 * ignored one would widen the answer.
 *
 * @throws AppError naming the first such parameter
 */
export function assertPlain(params: URLSearchParams): void {
  const seen = new Set<string>();
  for (const [name, value] of params) {
    if (isAppended(name)) refuse(name, words.filters.noParameter);
    if (value === "" || inTodaysWords(name, value) === null) refuse(name, words.filters.noValue);
    if (seen.has(name) && !isCondition(name)) refuse(name, words.filters.once);
    seen.add(name);
  }
  if (params.has("interval") && params.has("start")) refuse("interval", words.ranges.either);
}

/** The parameters of a request: strictly those of a program, as pages read them for a session. @throws AppError */
export function paramsOf(request: Request, by: Actor): URLSearchParams {
  const { searchParams } = new URL(request.url);
  if (by.kind === "key") assertPlain(searchParams);
  return searchParams;
}
