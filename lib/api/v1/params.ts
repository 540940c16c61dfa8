import { AppError } from "@/lib/base/errors";

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
