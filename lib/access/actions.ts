"use server";

import { parseSetCookieHeader, toCookieOptions } from "better-auth/cookies";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { env } from "@/lib/env";
import { isZone } from "@/lib/time";
import type { EntryState } from "./entry-state";
import { safeNext } from "./next-path";
import { setUp as makeOwner } from "./setup";
import { endSession, signIn as openSession, type SignInProblem } from "./sign-in";
import { unavailable } from "./unavailable";
import { ZONE_COOKIE, zonedPath } from "./zone";

const YEAR_S = 365 * 24 * 60 * 60;

const PROBLEMS: Record<SignInProblem, string> = {
  wrong: "E-mail or password is wrong.",
  "too many": "Too many attempts. Wait a minute and try again.",
  refused: "This request came from another site. Open the sign-in page here and try again.",
  unavailable: "The database does not answer at the moment. Try again soon.",
};

/** Signs in and leaves for the form's `next`; returns what to show when it does not work. */
export async function signIn(_before: EntryState, form: FormData): Promise<EntryState> {
  const [email, password] = [text(form, "email"), text(form, "password")];
  const session = await openSession({ email: email.trim(), password }, await headers());
  if ("problem" in session) return { message: PROBLEMS[session.problem], errors: {}, values: { email } };
  await keep(session.cookies);
  redirect(await withReadersZone(safeNext(text(form, "next")), text(form, "zone")));
}

/** Makes the owner's account, signs in and leaves for the overview; returns what to show when it does not work. */
export async function setUp(_before: EntryState, form: FormData): Promise<EntryState> {
  const [token, email, password, repeat] = ["token", "email", "password", "repeat"].map((name) => text(form, name));
  const fields = { token: token ?? "", email: email ?? "", password: password ?? "", repeat: repeat ?? "" };
  const values = { token: fields.token, email: fields.email };
  try {
    const result = await makeOwner(fields, env().SETUP_TOKEN, Date.now());
    if (result === "exists") return { message: "The account exists already. Sign in instead.", errors: {}, values };
    if ("errors" in result) return { errors: result.errors, values };
    const session = await openSession(result.created, await headers());
    if ("cookies" in session) await keep(session.cookies);
  } catch (error) {
    return { message: unavailable(error).message, errors: {}, values };
  }
  redirect(await withReadersZone("/", text(form, "zone")));
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await keep(await endSession(await headers()));
  redirect("/login");
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

async function keep(setCookies: string[]): Promise<void> {
  const jar = await cookies();
  for (const [name, { value, ...attributes }] of setCookies.flatMap((line) => [...parseSetCookieHeader(line)])) {
    jar.set(name, value, toCookieOptions({ value, ...attributes }));
  }
}

/** Remembers the zone of a browser that has none yet, and puts it where the proxy would. */
async function withReadersZone(path: string, zone: string): Promise<string> {
  const jar = await cookies();
  const known = jar.get(ZONE_COOKIE)?.value;
  if (!known && isZone(zone)) jar.set(ZONE_COOKIE, zone, { path: "/", maxAge: YEAR_S, sameSite: "lax" });
  return zonedPath(path, known ?? zone) ?? path;
}
