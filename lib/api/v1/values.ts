import "server-only";
import { integer } from "@/lib/api/v1/params";
import { freeText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { answer } from "@/lib/question/answer";
import { isField } from "@/lib/question/codec/conditions";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { question, type Scope } from "@/lib/question/question";

const MAX_VALUES = 1_000;

/**
 * Answers `/api/v1/values/{field}`: values of a field with their clicks, most clicks first.
 *
 * @throws AppError for an unknown field, and when the filters or a parameter are invalid
 */
export async function valuesOf(scope: Scope, field: string, params: URLSearchParams, now: Date) {
  if (!isField(field)) throw new AppError("not_found", "Unknown field. Use the name of a filter, such as country.");
  const filters = filtersFromParams(params, now, "api/v1/values");
  assertAnswerable(filters);
  const search = freeText(params.get("search"));
  const limit = integer(params, "limit", 100, 1, MAX_VALUES);
  return answer(question(scope, { kind: "values", field, search, limit }, filters));
}
