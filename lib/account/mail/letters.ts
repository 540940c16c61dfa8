import { env } from "@/lib/base/env";
import type { Letter } from "./send";

/** Where the links of letters lead: never what a request's headers say, which anybody can set. */
const home = (): string => env().PUBLIC_URL ?? "";
const host = (): string => new URL(home()).host;
const linkTo = (path: string, token: string): string => `${home()}${path}?${new URLSearchParams({ token })}`;

const joined = (...paragraphs: string[]): string => `${paragraphs.join("\n\n")}\n`;

/** To somebody without an account. `by`: the email address of who invites them. */
export const invitation = (token: string, by: string): Letter => ({
  subject: `Invitation to Footfall at ${host()}`,
  text: joined(
    `${by} invites you to Footfall, which shows the clicks on their short links.`,
    `Choose a password to sign in:\n${linkTo("/join", token)}`,
    "The link works once, for a week. If you didn’t expect it, ignore this email.",
  ),
});

/** `by`: the email address of who made the link; null: the person asked for it, or somebody who says so. */
export const passwordLink = (token: string, email: string, by: string | null): Letter => ({
  subject: `Set a new password for Footfall at ${host()}`,
  text: joined(
    by === null
      ? `Somebody, probably you, asked for a new password for ${email}.`
      : `${by} made a link with which you set a new password for ${email}.`,
    `Set it here:\n${linkTo("/reset", token)}`,
    "The link works once, for a day. Until then your password stays as it is. If you didn’t expect it, ignore this email.",
  ),
});

/** To somebody who asked for a new password and can't have one. `why`: a sentence. */
export const noPasswordLink = (email: string, why: string): Letter => ({
  subject: `Your password for Footfall at ${host()}`,
  text: joined(`Somebody, probably you, asked for a new password for ${email}.`, why),
});

/** To the address that an account had, once its password or address has changed. */
export const accountChanged = (email: string, newEmail: string | null): Letter => ({
  subject: `Your account for Footfall at ${host()} was changed`,
  text: joined(
    newEmail === null
      ? `The password of ${email} was changed.`
      : `The email address of your account was changed from ${email} to ${newEmail}.`,
    "If it wasn’t you, tell an admin at once.",
  ),
});
