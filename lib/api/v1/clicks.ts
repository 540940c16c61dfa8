import "server-only";
import { integer, refuse } from "@/lib/api/v1/params";
import { answer } from "@/lib/question/answer";
import type { ClickDetail } from "@/lib/question/answer-types";
import { assertAnswerable, unknownParams } from "@/lib/question/codec/read";
import { question, type Scope } from "@/lib/question/question";

const MAX_CHANGES = 5_000;

/** A cursor: the data it belongs to, and the number up to which its reader has read. */
const CURSOR = /^([\w-]{1,64})\.(\d{1,18})$/;

/** The number of a cursor of this data; "0" without one. @throws AppError for a cursor of other data */
function positionOf(text: string | null, identity: string): string {
  if (!text) return "0";
  const [, of, position] = CURSOR.exec(text) ?? [];
  if (position === undefined) return refuse("after", "Use a cursor from an earlier response.");
  if (of !== identity) return refuse("after", "This cursor belongs to other data. Start again without it.");
  return position;
}

/** What is kept of a click, without what only concerns its delivery, and what tells who clicked elsewhere, too. */
function changeOf({ link: _link, secretId: _secret, visitor: _visitor, ...click }: ClickDetail) {
  return click;
}

/**
 * Answers `/api/v1/clicks`: clicks in the order of arrival after a cursor, each exactly once, also those that are dated
 * earlier. `after` of the response is where the next request begins; `more`: whether there are clicks already.
 *
 * @throws AppError for an invalid parameter, and unavailable when numbers don't settle
 */
export async function changesOf(scope: Scope, params: URLSearchParams) {
  assertAnswerable({ problems: unknownParams(params, "api/v1/clicks", false) });
  const limit = integer(params, "limit", 1_000, 1, MAX_CHANGES);
  const identity = await answer(question(scope, { kind: "identity" }));
  const after = positionOf(params.get("after"), identity);
  const { clicks, upTo, hasMore } = await answer(question(scope, { kind: "arrivals", after, limit }));
  return { clicks: clicks.map(changeOf), after: `${identity}.${upTo}`, more: hasMore };
}
