import { z } from "zod";
import { Credentials } from "@/lib/account/owner";
import { ROLE_KEYS, type Role } from "@/lib/account/roles";

/** Booleans are text at some providers. */
const Flag = z.union([z.boolean(), z.string().transform((text) => text.toLowerCase() === "true")]).catch(false);

/** What a provider must say of somebody. */
export const Identity = z.object({
  sub: z.string().min(1).max(1_000),
  email: Credentials.shape.email,
  email_verified: Flag,
});

/** The value of a claim: `name` as it is, since URLs name some; else as a path, such as `realm_access.roles`. */
function claimOf(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((value, part) => {
    const isObject = typeof value === "object" && value !== null && Object.hasOwn(value, part);
    return isObject ? (value as Record<string, unknown>)[part] : undefined;
  }, claims);
}

/** Roles that a provider can give: owners are made by owners. */
const GIVEN = ROLE_KEYS.filter((role) => role !== "owner");

/**
 * The most powerful role that a claim names: `admin`, or `footfall-admin` where groups belong to many programs. A list,
 * or text with one.
 */
export function roleIn(claims: Record<string, unknown>, name: string): Role | null {
  const values = [claimOf(claims, name)].flat().map((value) => String(value).toLowerCase());
  return GIVEN.find((role) => values.includes(role) || values.includes(`footfall-${role}`)) ?? null;
}
