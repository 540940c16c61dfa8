import "server-only";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { readBody } from "@/lib/base/http/body";
import { text as words } from "@/lib/base/problems";
import { isZone } from "@/lib/base/time";
import { assertOwnOrigin } from "./own-origins";
import { ZONE_COOKIE } from "./reader-defaults";

const YEAR_S = 365 * 24 * 60 * 60;
const MAX_FORM_BYTES = 16_384;

/** Error messages of a form by field. */
export class FormError extends AppError {
  constructor(readonly errors: Record<string, string>) {
    super("unprocessable_entity", Object.values(errors).join(" "));
  }
}

/** Reads a field of a form. */
type EntryForm = (name: string) => string;

/** @throws AppError when a page of another site sent it, or it can't be read */
export async function readForm(request: Request): Promise<EntryForm> {
  assertOwnOrigin(request, env().PUBLIC_URL);
  const body = new Uint8Array(await readBody(request, MAX_FORM_BYTES));
  const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
  const form = await new Response(body, { headers }).formData().catch((error: unknown) => {
    throw new AppError("bad_request", words.entry.unreadable, {}, { cause: error });
  });
  return (name) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
}

/** Whether our script sent the form. Otherwise the browser did, and follows a redirect. */
const isScript = ({ headers }: Request) => headers.get("accept")?.includes("application/json") ?? false;

/** Redirects to one of our paths, or to the sign-in provider, with these cookies. */
export function leaveFor(request: Request, location: string, setCookies: readonly string[]): Response {
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const cookie of setCookies) headers.append("Set-Cookie", cookie);
  if (isScript(request)) return Response.json({ location }, { headers });
  headers.set("Location", location);
  return new Response(null, { status: 303, headers });
}

/** Answers a form. Errors are returned by field to our script, else as a sentence. */
export async function answerForm(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message, headers } = error;
    const answer = error.toResponse();
    if (!isScript(request)) return new Response(`${message}\n`, { status: answer.status, headers });
    const errors = error instanceof FormError ? error.errors : {};
    return Response.json({ ...((await answer.json()) as object), errors }, { status: answer.status, headers });
  }
}

/** A cookie for the browser's time zone if it has none: what proxy.ts adds to URLs, unless the account has a zone. */
export function zoneCookies({ headers }: Request, zone: string): string[] {
  const isKnown = new RegExp(`(?:^|;\\s*)${ZONE_COOKIE}=[^;]`).test(headers.get("cookie") ?? "");
  if (isKnown || env().DEFAULT_TIMEZONE || !isZone(zone)) return [];
  return [`${ZONE_COOKIE}=${encodeURIComponent(zone)}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`];
}
