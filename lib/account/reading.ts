import "server-only";
import { countRequest, type Rate } from "@/lib/account/attempts";
import { type Actor, personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import type { KeyScope } from "@/lib/account/keys/key";
import { findKey, isKey, noteUse } from "@/lib/account/keys/store";
import { limitedScope } from "@/lib/account/link-limit";
import { assertOwnOrigin } from "@/lib/account/own-origins";
import { readViewer } from "@/lib/account/session";
import { unavailable } from "@/lib/account/unavailable";
import { assertPower } from "@/lib/account/viewer";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { answered } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";
import type { Scope } from "@/lib/question/question";

/** Who asks, what they may see, and what the response says of their limit. */
type Reader = { actor: Actor; scope: Scope; headers: Record<string, string> };

/** The token of `Authorization: Bearer TOKEN`; null without one. */
function bearerOf(headers: Headers): string | null {
  const [scheme = "", value = ""] = (headers.get("authorization") ?? "").trim().split(/ +/, 2);
  return scheme.toLowerCase() === "bearer" ? value : null;
}

/** Names of the draft standard, and those of the sender's API. Times are in seconds from now. */
const limitHeaders = ({ limit, remaining, resetS }: Rate): Record<string, string> => ({
  ...{ "RateLimit-Limit": String(limit), "RateLimit-Remaining": String(remaining), "RateLimit-Reset": String(resetS) },
  ...{ "X-RateLimit-Limit": String(limit), "X-RateLimit-Remaining": String(remaining) },
  "X-RateLimit-Reset": String(resetS),
});

async function keyReader(value: string, needs: KeyScope): Promise<Reader> {
  const key = await findKey(value);
  const rate = await countRequest(key);
  const headers = limitHeaders(rate);
  if (rate.isOver) {
    throw new AppError("rate_limit_exceeded", words.keys.tooOften(key.perMinute), {
      ...{ ...headers, "Retry-After": String(rate.resetS) },
    });
  }
  if (!key.scopes.includes(needs)) throw new AppError("forbidden", words.keys.scope(needs), headers);
  await noteUse(key.id);
  const scope = { asker: `key ${key.id}`, ...limitedScope(key.links) };
  return { actor: { kind: "key", id: key.id, name: key.name }, scope, headers };
}

async function readerOf(request: Request, needs: KeyScope): Promise<Reader> {
  const bearer = bearerOf(request.headers);
  // A wrong key is refused, whoever's session comes with it.
  if (bearer !== null && isKey(bearer)) return keyReader(bearer, needs).catch(unavailable);
  const viewer = await readViewer(request.headers);
  // Proxies that know people may send a token of their own.
  if (!viewer && bearer !== null) return keyReader(bearer, needs).catch(unavailable);
  if (!viewer && bearer === null && request.headers.has("authorization"))
    throw new AppError("bad_request", words.keys.notBearer);
  if (!viewer) throw new AppError("unauthorized", words.keys.none, { "WWW-Authenticate": "Bearer" });
  // Another site's page may have the browser send the session.
  if (request.method === "POST") assertOwnOrigin(request, env().PUBLIC_URL);
  if (needs === "export") assertPower(viewer, needs);
  return { actor: personActor(viewer), scope: viewer, headers: {} };
}

type Handler<Context> = (request: Request, scope: Scope, context: Context, by: Actor) => Promise<Response>;

/**
 * Wraps the handler of a route that people with a session and programs with a key may ask, if the key's scopes include
 * `needs`. The handler is given what they may see, and who asks. Errors become API errors, and exports are recorded.
 */
export function reading<Context>(needs: KeyScope, handler: Handler<Context>) {
  return async (request: Request, context: Context): Promise<Response> => {
    const url = new URL(request.url);
    let reader: Reader | undefined;
    const response = await answered(url.pathname, async () => {
      reader = await readerOf(request, needs);
      return handler(request, reader.scope, context, reader.actor);
    });
    for (const [name, value] of Object.entries(reader?.headers ?? {})) response.headers.set(name, value);
    if (reader && needs === "export" && response.ok && request.method === "GET") {
      const target = `${url.pathname.replace("/api/export/", "")}${url.search}`;
      await record("export.download", reader.actor, { target, headers: request.headers });
    }
    return response;
  };
}
