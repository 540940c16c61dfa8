import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import {
  beginTwoFactor,
  confirmTwoFactor,
  endTwoFactor,
  MAX_TWO_FACTOR_BYTES,
  WithCode,
  WithPassword,
} from "@/lib/account/two-factor";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

/** A response with the cookies of a session that goes on. */
function withCookies(cookies: readonly string[]): Response {
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return Response.json({ changed: true }, { headers });
}

/** Makes a secret for an app, and recovery codes: both are in this response only. */
export const POST = route(async (request) => {
  await requireApiViewer(request);
  const { currentPassword } = await readJson(request, WithPassword, MAX_TWO_FACTOR_BYTES);
  const made = await beginTwoFactor(request.headers, currentPassword);
  return Response.json(made, { status: 201, headers: { "Cache-Control": "no-store" } });
});

/** Turns two-factor sign-in on, with a first code of the app. */
export const PATCH = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const { code } = await readJson(request, WithCode, MAX_TWO_FACTOR_BYTES);
  const cookies = await confirmTwoFactor(request.headers, code);
  await record("account.two-factor-on", personActor(viewer), { headers: request.headers });
  return withCookies(cookies);
});

/** Turns it off. */
export const DELETE = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const { currentPassword } = await readJson(request, WithPassword, MAX_TWO_FACTOR_BYTES);
  const cookies = await endTwoFactor(request.headers, currentPassword);
  await record("account.two-factor-off", personActor(viewer), { headers: request.headers });
  return withCookies(cookies);
});

export const { GET, HEAD, PUT, OPTIONS } = otherMethods({ POST, PATCH, DELETE });
