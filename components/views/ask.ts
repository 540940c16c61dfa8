import "server-only";
import { cache } from "react";
import { requireViewer } from "@/lib/account/session";
import { AppError } from "@/lib/base/errors";
import { answer } from "@/lib/question/answer";
import { type Filters, type Kind, question, type Scope, type Show } from "@/lib/question/question";

/** Kinds of questions about named things. */
type ByName = Parameters<typeof question>[1]["kind"];

const reader = cache((): { scope: Scope | null } => ({ scope: null }));

/** Says what may be seen on the page of this request, which isn't for people with an account. Before anything is asked. */
export function readAs(scope: Scope): void {
  reader().scope = scope;
}

/** What may be seen on this page: by default what the signed-in person sees. */
export const readerScope = async (): Promise<Scope> => reader().scope ?? requireViewer();

/** Answers a question of whoever reads the page. One about named things needs no filters. */
export function ask<K extends Exclude<Kind, ByName>>(show: Show<K>, filters: Filters): ReturnType<typeof answer<K>>;
export function ask<K extends ByName>(show: Show<K>): ReturnType<typeof answer<K>>;
export async function ask(show: Show<Kind>, filters?: Filters): Promise<unknown> {
  return answer(question(await readerScope(), show as never, filters as Filters));
}

/** What can't be answered as it is asked, such as in too fine a granularity, as a value; others are thrown on. */
export function refusal(error: unknown): AppError {
  if (error instanceof AppError && error.code === "unprocessable_entity") return error;
  throw error;
}
