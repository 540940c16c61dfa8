import "server-only";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { AUTH_PATH } from "./auth";
import { handleAuth } from "./handler";

/** Errors of the auth library by status. */
const PROBLEMS: Record<number, AppError> = {
  400: new AppError("unauthorized", words.entry.wrong),
  401: new AppError("unauthorized", words.entry.wrong),
  403: new AppError("forbidden", words.entry.refused),
};

/**
 * Signs in as a POST to better-auth's route would, with its limits and checks. Returns the `Set-Cookie` values of the
 * new session.
 *
 * @throws AppError that says why there is none
 */
export async function signIn(credentials: { email: string; password: string }, caller: Headers): Promise<string[]> {
  const answer = await post("/sign-in/email", caller, JSON.stringify(credentials));
  if (answer.ok) return answer.headers.getSetCookie();
  throw PROBLEMS[answer.status] ?? new AppError("unavailable", words.entry.unavailable);
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
