import { text as words } from "@/lib/base/problems";
import type { Prisma } from "@/lib/generated/prisma/client";
import { unknownParams } from "@/lib/question/codec/read";
import type { Problem } from "@/lib/question/question";

/** What becomes of a delivery, in the order in which it is shown. The first is a click; the others stand in `delivery`. */
export const OUTCOMES = ["counted", "duplicate", "test", "ignored", "quarantined", "replayed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Spans that end now, by their names in the address, in hours. */
export const SPANS = { "24h": 24, "7d": 168, "30d": 720, "90d": 2_160 } as const;
export type SpanName = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as SpanName[];
const DEFAULT_SPAN: SpanName = "7d";

const HOUR_MS = 3_600_000;
/** Longer than any id or reason that is kept. */
const MAX_TEXT = 2_000;

/** Reason of a replayed delivery that has become a click. */
export const COUNTED_NOW = "counted now";

/** Which deliveries: those that have everything that is not null. */
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
  /** Null is all there is. */
  span: SpanName | null;
  /** When not empty nothing matches, so that a misspelt filter never widens the list, or what is replayed. */
  problems: Problem[];
};

const NUMBER = /^\d{1,10}$/;

const isOneOf = <T extends string>(choices: readonly T[], text: string | null): text is T =>
  choices.some((choice) => choice === text);

/** The filters of a query string, and what could not be understood there. */
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

/** Whether more than the outcome and the span is asked for. */
export const isRestricted = ({ reason, type, linkId, id, secretId }: ListFilters): boolean =>
  [reason, type, linkId, id, secretId].some((value) => value !== null);

/** When the span began, or null when there is no limit. */
export const spanStart = ({ span }: Pick<ListFilters, "span">, now: Date): Date | null =>
  span && new Date(now.getTime() - SPANS[span] * HOUR_MS);

/** Rows of `delivery` that have it all. */
export function deliveryWhere(filters: ListFilters, now: Date): Prisma.DeliveryWhereInput {
  const { outcome, reason, type, linkId, id, secretId, problems } = filters;
  const since = spanStart(filters, now);
  if (problems.length > 0) return { id: { in: [] } };
  return {
    // What was counted in the end is listed once, as the click that it is.
    ...(outcome ? { outcome } : { NOT: { outcome: "replayed", reason: COUNTED_NOW } }),
    ...(reason && { reason }),
    ...(type && { event: type }),
    ...(linkId && { linkId }),
    ...(id && { OR: [{ eventId: id }, { clickId: id }] }),
    ...(secretId !== null && { secretId }),
    ...(since && { receivedAt: { gte: since } }),
  };
}

/** Clicks have no index of their ids: without a link, those of the longest span with a name are looked through. */
export const isIdSearchCut = ({ id, linkId, span }: ListFilters): boolean =>
  id !== null && linkId === null && span === null;

/** Clicks that have it all, or null when none can: they are all `link.clicked`, counted, and need no reason. */
export function clickWhere(filters: ListFilters, now: Date): Prisma.ClickWhereInput | null {
  const { outcome, reason, type, linkId, id, secretId, problems } = filters;
  if (problems.length > 0) return null;
  if ((outcome ?? "counted") !== "counted" || (reason ?? "counted") !== "counted") return null;
  if ((type ?? "link.clicked") !== "link.clicked") return null;
  const since = spanStart(isIdSearchCut(filters) ? { span: "90d" } : filters, now);
  return {
    ...(linkId && { linkId }),
    ...(id && { OR: [{ eventId: id }, { clickId: id }] }),
    ...(secretId !== null && { secretId }),
    ...(since && { receivedAt: { gte: since } }),
  };
}
