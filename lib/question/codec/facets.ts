import { type DimensionKey, isClickDimension } from "@/lib/click/dimensions";
import {
  exactly,
  type Placed,
  placedConditions,
  withCondition,
  withoutPlaced,
  withReplaced,
} from "@/lib/question/codec/write";
import { matchOf, type Test } from "@/lib/question/plan";
import type { Condition, FieldName, Filters } from "@/lib/question/question";

// A breakdown as a facet is counted without its own conditions, so that every value stays and can be chosen.

/** Finer dimensions, which a coarser one's value is chosen with. */
const FINER: Partial<Record<DimensionKey, readonly DimensionKey[]>> = {
  country: ["region", "city"],
  region: ["city"],
  referer: ["refererUrl"],
  baseUrl: ["url"],
};

const isOwn = (key: DimensionKey, field: FieldName): boolean =>
  field === key || (FINER[key] ?? []).some((finer) => finer === field);

/** The filters without a dimension's own conditions; groups of alternatives that are also about others stay. */
export function withoutOwn<Asked extends Filters>(filters: Asked, key: DimensionKey): Asked {
  const conditions = filters.conditions.filter(({ field }) => !isOwn(key, field));
  const anyOf = filters.anyOf.filter((group) => !group.every(({ field }) => isOwn(key, field)));
  return { ...filters, conditions, anyOf };
}

/** Whether the filters have conditions of the dimension's own. */
export const hasOwn = (filters: Filters, key: DimensionKey): boolean => {
  const { conditions, anyOf } = withoutOwn(filters, key);
  return conditions.length < filters.conditions.length || anyOf.length < filters.anyOf.length;
};

/** The parameters without a dimension's own conditions. */
export function withoutOwnParams(params: URLSearchParams, key: DimensionKey): URLSearchParams {
  const groups = placedConditions(params).filter((group) =>
    group.every(({ condition }) => isOwn(key, condition.field)),
  );
  return withoutPlaced(params, groups.flat());
}

function passes(test: Test, value: string | null): boolean {
  if ("absent" in test) return value === null;
  if (value === null) return false;
  if ("in" in test) return test.in.includes(test.key === "baseUrl" ? (value.split("?", 1)[0] ?? "") : value);
  return "endsWith" in test && value.endsWith(test.endsWith);
}

function names({ field, op, values }: Condition, key: DimensionKey, value: string | null): boolean {
  if (field !== key || (op !== "is" && op !== "isNot")) return false;
  if (!isClickDimension(key)) return values.includes(value);
  const named = value !== null && values.includes(exactly(key, value));
  return named || matchOf(key, "is", values).anyOf.some((test) => passes(test, value));
}

/** Whether a value of a dimension is chosen or excluded by the filters. */
export function choiceOf({ conditions }: Filters, key: DimensionKey, value: string | null): "is" | "isNot" | null {
  const found = conditions.find((condition) => names(condition, key, value));
  return found?.op === "is" || found?.op === "isNot" ? found.op : null;
}

/** Whether another value can be added to those chosen: nothing else than a choice of values is the dimension's own. */
export function canAdd(filters: Filters, key: DimensionKey): boolean {
  const own = filters.conditions.filter(({ field }) => isOwn(key, field));
  const { anyOf } = withoutOwn(filters, key);
  return own.length === 1 && own[0]?.field === key && own[0].op === "is" && anyOf.length === filters.anyOf.length;
}

/** The conditions that stand on their own rather than in a group of alternatives. */
const alone = (params: URLSearchParams): Placed[] =>
  placedConditions(params).flatMap((group) => (group.length === 1 ? group : []));

/** The parameters with a value added to those chosen, or excluded: to the condition of that kind, or a new one. */
export function withMore(
  params: URLSearchParams,
  key: DimensionKey,
  op: "is" | "isNot",
  value: string | null,
): URLSearchParams {
  const named = value === null ? null : exactly(key, value);
  const place = alone(params).find(({ condition }) => condition.field === key && condition.op === op);
  if (!place) return withCondition(params, { field: key, op, values: [named] }, null);
  return withReplaced(params, place, { ...place.condition, values: [...place.condition.values, named] });
}

/** The parameters without a value among those chosen or excluded, and without finer ones chosen within it. */
export function withoutChoice(params: URLSearchParams, key: DimensionKey, value: string | null): URLSearchParams {
  const place = alone(params).find((one) => names(one.condition, key, value));
  if (!place) return params;
  const { condition } = place;
  const left = condition.values.filter((one) => !names({ ...condition, values: [one] }, key, value));
  if (left.length > 0) return withReplaced(params, place, { ...condition, values: left });
  const finer = alone(params).filter(({ condition: { field } }) => field !== key && isOwn(key, field));
  return withoutPlaced(params, [place, ...(condition.op === "is" ? finer : [])]);
}
