import "server-only";
import { z } from "zod";
import { analyticsOf } from "@/lib/api/v1/analytics";
import { assertPlain } from "@/lib/api/v1/params";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import type { Scope } from "@/lib/question/question";

/** Limit of a body: questions may name many links. */
export const MAX_BODY = 262_144;

/** A page asks fewer. */
const MOST_QUESTIONS = 20;

const value = z.union([z.string(), z.number(), z.boolean()]);

/** Parameters of `/api/v1/analytics` by name; a list applies all of its conditions. */
const Parameters = z.record(z.string(), z.union([value, z.array(value).min(1, words.filters.noValue)]));

/** The body of a request with several questions. */
export const Questions = z.strictObject({
  questions: z
    .array(Parameters, "Use a list of questions.")
    .min(1, "Add a question.")
    .max(MOST_QUESTIONS, `Use at most ${MOST_QUESTIONS} questions in one request.`),
});

type Asked = z.output<typeof Questions>["questions"][number];
type Answered = { status: 200; answer: unknown } | { status: number; error: { code: string; message: string } };

const asParams = (asked: Asked): URLSearchParams =>
  new URLSearchParams(
    Object.entries(asked).flatMap(([name, given]) => [given].flat().map((text) => [name, String(text)])),
  );

async function answered(scope: Scope, asked: Asked, now: Date): Promise<Answered> {
  try {
    const params = asParams(asked);
    assertPlain(params);
    return { status: 200, answer: await analyticsOf(scope, params, now) };
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 422) throw error;
    return { status: error.status, error: { code: error.code, message: error.message } };
  }
}

/** An answer to each question, in order; one that can't be answered doesn't spoil the others. */
export const answerSeveral = (scope: Scope, questions: readonly Asked[], now: Date): Promise<Answered[]> =>
  Promise.all(questions.map((asked) => answered(scope, asked, now)));
