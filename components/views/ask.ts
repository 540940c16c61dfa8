import "server-only";
import { requireViewer } from "@/lib/account/session";
import { AppError } from "@/lib/base/errors";
import { answer } from "@/lib/question/answer";
import { type Filters, type Kind, question, type Show } from "@/lib/question/question";

/** Kinds of questions about named things. */
type ByName = Parameters<typeof question>[1]["kind"];

/** Answers a question of whoever reads the page. One about named things needs no filters. */
export function ask<K extends Exclude<Kind, ByName>>(show: Show<K>, filters: Filters): ReturnType<typeof answer<K>>;
export function ask<K extends ByName>(show: Show<K>): ReturnType<typeof answer<K>>;
export async function ask(show: Show<Kind>, filters?: Filters): Promise<unknown> {
  return answer(question(await requireViewer(), show as never, filters as Filters));
}

/** An AppError as a value, such as for too fine a granularity; others are thrown on. */
export function refusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
