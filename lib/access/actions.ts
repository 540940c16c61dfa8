"use server";

import { parseSetCookieHeader, toCookieOptions } from "better-auth/cookies";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { env } from "@/lib/env";
import { text as words } from "@/lib/text/problems";
import { isZone } from "@/lib/time";
import type { EntryState } from "./entry-state";
import { safeNext } from "./next-path";
import { withReaderDefaults, ZONE_COOKIE } from "./reader-defaults";
import { setUp as makeOwner } from "./setup";
import { endSession, signIn as openSession, type SignInProblem } from "./sign-in";
import { unavailable } from "./unavailable";

const YEAR_S = 365 * 24 * 60 * 60;

const PROBLEMS: Record<SignInProblem, string> = {
  wrong: words.entry.wrong,
  "too many": words.entry.tooMany,
  refused: words.entry.refused,
  unavailable: words.entry.unavailable,
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
    if (result === "exists") return { message: words.entry.exists, errors: {}, values };
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

/** Remembers the zone of a browser that has none yet, unless all here have the same; and puts it where the proxy would. */
async function withReadersZone(path: string, zone: string): Promise<string> {
  const { DEFAULT_TIMEZONE, DEFAULT_BOTS } = env();
  const jar = await cookies();
  const known = jar.get(ZONE_COOKIE)?.value || DEFAULT_TIMEZONE;
  if (!known && isZone(zone)) jar.set(ZONE_COOKIE, zone, { path: "/", maxAge: YEAR_S, sameSite: "lax" });
  return withReaderDefaults(path, { zone: known ?? zone, bots: DEFAULT_BOTS }) ?? path;
}
