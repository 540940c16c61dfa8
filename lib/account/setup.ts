import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { text as words } from "@/lib/base/problems";
import { Credentials } from "./credentials";
import { createOwner } from "./owner";

type SetupField = "token" | "email" | "password" | "repeat";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** In constant time. */
const isToken = (given: string, expected: string | undefined): boolean =>
  Boolean(expected) && timingSafeEqual(digest(given), digest(expected ?? ""));

/**
 * The first run: makes the owner's account for somebody who knows the token. `exists` when there is an account, which
 * makes the token useless; else what is wrong, by field.
 *
 * @param expected the token of this start, if it has one
 */
export async function setUp(
  form: Record<SetupField, string>,
  expected: string | undefined,
): Promise<{ created: Credentials } | { errors: Partial<Record<SetupField, string>> } | "exists"> {
  if (!isToken(form.token.trim(), expected)) return { errors: { token: words.entry.wrongToken } };
  const credentials = Credentials.safeParse(form);
  const { fieldErrors } = credentials.success ? { fieldErrors: {} } : z.flattenError(credentials.error);
  const errors: Partial<Record<SetupField, string>> = {
    ...firstOfEach(fieldErrors),
    ...(form.repeat === form.password ? {} : { repeat: words.entry.repeat }),
  };
  if (!credentials.success || Object.keys(errors).length > 0) return { errors };
  return (await createOwner(credentials.data)) === "exists" ? "exists" : { created: credentials.data };
}

function firstOfEach(lists: Record<string, string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([field, problems]) => [field, problems?.[0] ?? ""]));
}
