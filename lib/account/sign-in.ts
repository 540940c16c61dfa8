import "server-only";
import { z } from "zod";
import { assertNotLockedOut, countAttempt, countFailure } from "@/lib/account/attempts";
import { type Actor, personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { AUTH_PATH, type Auth, auth } from "@/lib/account/auth";
import { ownOrigins, pageOrigin } from "@/lib/account/own-origins";
import { Credentials } from "@/lib/account/owner";
import { readViewer } from "@/lib/account/session";
import { unavailable } from "@/lib/account/unavailable";
import { AppError } from "@/lib/base/errors";
import { readBody } from "@/lib/base/http/body";
import { text as words } from "@/lib/base/problems";

const SIGN_IN = `POST ${AUTH_PATH}/sign-in/email`;
const SIGN_OUT = `POST ${AUTH_PATH}/sign-out`;
/** The library's routes that are open. What others do, routes of ours ask for, with their own checks. */
const OPEN = new Set([SIGN_IN, SIGN_OUT, `GET ${AUTH_PATH}/get-session`]);

type Library = Pick<Auth, "handler" | "options">;

/** An email address and a password are much smaller. */
const MAX_BODY_BYTES = 16_384;

/**
 * Answers better-auth's own routes: signing in and out, and reading the session.
 *
 * @throws AppError not_found for other routes, unavailable when the database is down
 */
export async function handleAuth(request: Request, { handler, options }: Library = auth()): Promise<Response> {
  const asked = `${request.method} ${new URL(request.url).pathname}`;
  if (!OPEN.has(asked)) throw new AppError("not_found", "There is nothing at this URL.");
  if (asked === SIGN_IN && options.advanced.useSecureCookies) assertKeepsCookie(request, options.baseURL);
  const whole = withOrigin(await bounded(request));
  const given = asked === SIGN_IN ? await emailIn(whole.clone()) : null;
  try {
    if (asked === SIGN_IN) await countAttempt("sign-in", request.headers);
    if (given !== null) await assertNotLockedOut(given, request.headers);
    const leaving = asked === SIGN_OUT ? await readViewer(request.headers).catch(() => null) : null;
    const answer = await handler(whole);
    if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status}`);
    const act = { headers: request.headers };
    const person = asked === SIGN_IN && answer.ok ? await personOf(answer.clone()) : null;
    if (person) await record("session.start", person, act);
    else if (given !== null && answer.status === 401) {
      await countFailure(given, request.headers);
      await record("session.refuse", { kind: "nobody", name: given }, act);
    }
    if (leaving) await record("session.end", personActor(leaving), act);
    return answer;
  } catch (error) {
    return unavailable(error);
  }
}

const WithEmail = z.object({ email: Credentials.shape.email });

/** The email address in a body. Anything else may be a password in the wrong field, which must not be recorded. */
async function emailIn(request: Request): Promise<string | null> {
  const { data } = WithEmail.safeParse(await request.json().catch(() => null));
  return data?.email ?? null;
}

const SignedIn = z.object({ user: z.object({ id: z.string() }) });

/** Who is signed in by an answer; null while a code is still to come. */
async function personOf(answer: Response): Promise<Actor | null> {
  const { data } = SignedIn.safeParse(await answer.json());
  return data ? personActor({ userId: data.user.id }) : null;
}

/** A browser ignores the cookie of an https installation over http, and would ask to sign in again and again. */
function assertKeepsCookie(request: Request, publicUrl: string): void {
  const scheme = pageOrigin(request)?.split(":")[0] ?? request.headers.get("x-forwarded-proto");
  if (scheme === "http") throw new AppError("forbidden", words.entry.openedOverHttp(publicUrl));
}

/** The library would read a body of any size. */
async function bounded(request: Request): Promise<Request> {
  if (!request.body) return request;
  const { url, method, headers } = request;
  return new Request(url, { method, headers, body: new Uint8Array(await readBody(request, MAX_BODY_BYTES)) });
}

/**
 * Browsers always name the origin of a POST. Without one it comes from a program, which can't be tricked into sending
 * somebody's cookies; the library would reject it.
 */
function withOrigin(request: Request): Request {
  const { headers } = request;
  if (headers.has("origin") || headers.has("referer") || headers.has("sec-fetch-site")) return request;
  const [own] = ownOrigins(request);
  const named = new Request(request);
  if (own) named.headers.set("origin", own);
  return named;
}

/** `Set-Cookie` values of a session, or with `needsCode` of a sign-in that a code completes. */
type Entry = { cookies: string[]; needsCode: boolean };

/**
 * Signs in as a POST to better-auth's route would, with its limits and checks.
 *
 * @throws AppError that says why that failed
 */
export async function signIn(credentials: { email: string; password: string }, caller: Headers): Promise<Entry> {
  const answer = await post("/sign-in/email", caller, JSON.stringify(credentials));
  if (answer.ok) {
    const cookies = answer.headers.getSetCookie();
    return { cookies, needsCode: (await personOf(answer.clone())) === null };
  }
  if (answer.status === 400 || answer.status === 401) throw new AppError("unauthorized", words.entry.wrong);
  if (answer.status === 403) throw new AppError("forbidden", words.entry.refused);
  throw new AppError("unavailable", words.entry.unavailable);
}

/** Ends the caller's session. @returns the `Set-Cookie` values that remove it, even when the database is down */
export async function endSession(caller: Headers): Promise<string[]> {
  const answer = await post("/sign-out", caller, "{}");
  return answer.headers.getSetCookie();
}

function post(path: string, caller: Headers, body: string): Promise<Response> {
  const headers = new Headers(caller);
  // These describe the caller's own body.
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) headers.delete(name);
  headers.set("content-type", "application/json");
  const host = headers.get("host") ?? "localhost";
  return handleAuth(new Request(`http://${host}${AUTH_PATH}${path}`, { method: "POST", headers, body }));
}
