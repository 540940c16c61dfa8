import "server-only";
import { AppError } from "@/lib/errors";
import { AUTH_PATH } from "./auth";
import { handleAuth } from "./handler";

export type SignInProblem = "wrong" | "too many" | "refused" | "unavailable";

const PROBLEMS: Record<number, SignInProblem> = { 400: "wrong", 401: "wrong", 403: "refused", 429: "too many" };

/**
 * Signs in as a POST to better-auth's route would, with its limits and checks. Returns the `Set-Cookie` values of the
 * new session, or why there is none.
 */
export async function signIn(
  credentials: { email: string; password: string },
  caller: Headers,
): Promise<{ cookies: string[] } | { problem: SignInProblem }> {
  const body = JSON.stringify(credentials);
  const answer = await post("/sign-in/email", caller, body).catch(asResponse);
  if (answer.ok) return { cookies: answer.headers.getSetCookie() };
  return { problem: PROBLEMS[answer.status] ?? "unavailable" };
}

/**
 * Ends the session that the caller's cookie names, if any. Returns the `Set-Cookie` values that remove it; they work
 * even when the database could not be told.
 */
export async function endSession(caller: Headers): Promise<string[]> {
  const answer = await post("/sign-out", caller, "{}");
  return answer.headers.getSetCookie();
}

function post(path: string, caller: Headers, body: string): Promise<Response> {
  const headers = new Headers(caller);
  // They describe the caller's own body.
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) headers.delete(name);
  headers.set("content-type", "application/json");
  const host = headers.get("host") ?? "localhost";
  return handleAuth(new Request(`http://${host}${AUTH_PATH}${path}`, { method: "POST", headers, body }));
}

function asResponse(error: unknown): Response {
  if (error instanceof AppError) return error.toResponse();
  throw error;
}
