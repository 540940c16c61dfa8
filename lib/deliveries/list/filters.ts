import { text as words } from "@/lib/base/problems";
import { HOUR } from "@/lib/base/time";
import type { Prisma } from "@/lib/generated/prisma/client";
import { unknownParams } from "@/lib/question/codec/read";
import type { Problem } from "@/lib/question/question";

/** Outcomes of a delivery in display order. Counted ones are rows of `click`, the others of `delivery`. */
export const OUTCOMES = ["counted", "duplicate", "test", "ignored", "quarantined", "replayed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Ranges that end now, by their names in the URL, in hours. */
export const SPANS = { "24h": 24, "7d": 168, "30d": 720, "90d": 2_160 } as const;
export type SpanName = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as SpanName[];
const DEFAULT_SPAN: SpanName = "7d";

/** Longer than any stored id or reason. */
const MAX_TEXT = 2_000;

/** Reason of a replayed delivery that has become a click. */
export const COUNTED_NOW = "counted now";

/** Matches deliveries on every field that isn't null. */
export type ListFilters = {
  outcome: Outcome | null;
  /** Exactly as listed. */
  reason: string | null;
  /** Event type as sent, such as `link.clicked`. */
  type: string | null;
  linkId: string | null;
  /** An event id or a click id. */
  id: string | null;
  secretId: number | null;
  /** Null: all time. */
  span: SpanName | null;
  /** If there are any, nothing matches: a misspelt filter must never widen the list, or what is replayed. */
  problems: Problem[];
};

const NUMBER = /^\d{1,10}$/;

const isOneOf = <T extends string>(choices: readonly T[], text: string | null): text is T =>
  choices.some((choice) => choice === text);

/** Reads the filters of a query string, with its problems. */
export function readListFilters(params: URLSearchParams): ListFilters {
  // Postgres has no NUL; the storage has U+FFFD where a payload had it.
  const text = (name: string) => params.get(name)?.trim().slice(0, MAX_TEXT).replaceAll("\0", "\uFFFD") || null;
  const [outcome, span, secret] = [text("outcome"), text("span"), text("secret")];
  const spans = [...SPAN_NAMES, "all"];
  const problems = unknownParams(params, "deliveries");
  const reject = (param: string, value: string, message: string) => problems.push({ param, value, message });
  if (outcome && !isOneOf(OUTCOMES, outcome)) reject("outcome", outcome, words.oneOfMany(OUTCOMES));
  if (span && !isOneOf(spans, span)) reject("span", span, words.oneOfMany(spans));
  if (secret && !NUMBER.test(secret)) reject("secret", secret, words.secrets.number);
  return {
    outcome: isOneOf(OUTCOMES, outcome) ? outcome : null,
    reason: text("reason"),
    type: text("type"),
    linkId: text("link"),
    id: text("id"),
    secretId: secret !== null && NUMBER.test(secret) ? Math.min(Number(secret), 2 ** 31 - 1) : null,
    span: span === "all" ? null : isOneOf(SPAN_NAMES, span) ? span : DEFAULT_SPAN,
    problems,
  };
}

/** Whether any filter besides outcome and range is set. */
export const isRestricted = ({ reason, type, linkId, id, secretId }: ListFilters): boolean =>
  [reason, type, linkId, id, secretId].some((value) => value !== null);

/** Start of the range; null for all time. */
export const spanStart = ({ span }: Pick<ListFilters, "span">, now: Date): Date | null =>
  span && new Date(now.getTime() - SPANS[span] * HOUR);

/** The conditions that rows of both tables take. */
const sharedWhere = ({ linkId, id, secretId }: ListFilters, since: Date | null) => ({
  ...(linkId && { linkId }),
  ...(id && { OR: [{ eventId: id }, { clickId: id }] }),
  ...(secretId !== null && { secretId }),
  ...(since && { receivedAt: { gte: since } }),
});

/** Condition for rows of `delivery`. */
export function deliveryWhere(filters: ListFilters, now: Date): Prisma.DeliveryWhereInput {
  const { outcome, reason, type, problems } = filters;
  if (problems.length > 0) return { id: { in: [] } };
  return {
    // A replayed delivery that was counted is listed once, as its click.
    ...(outcome ? { outcome } : { NOT: { outcome: "replayed", reason: COUNTED_NOW } }),
    ...(reason && { reason }),
    ...(type && { event: type }),
    ...sharedWhere(filters, spanStart(filters, now)),
  };
}

/** There is no index of click ids: a search for one without a link is limited to the longest named range. */
export const isIdSearchCut = ({ id, linkId, span }: ListFilters): boolean =>
  id !== null && linkId === null && span === null;

/** Condition for rows of `click`, which are all `link.clicked` and counted; null when none can match. */
export function clickWhere(filters: ListFilters, now: Date): Prisma.ClickWhereInput | null {
  const { outcome, reason, type, problems } = filters;
  if (problems.length > 0) return null;
  if ((outcome ?? "counted") !== "counted" || (reason ?? "counted") !== "counted") return null;
  if ((type ?? "link.clicked") !== "link.clicked") return null;
  return sharedWhere(filters, spanStart(isIdSearchCut(filters) ? { span: "90d" } : filters, now));
}
