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

/** Limit of a request to the provider. */
const REQUEST_MS = 10_000;

const Discovered = z.object({ userinfo_endpoint: z.url().optional() });
const Claims = z.record(z.string(), z.unknown());

/** The claims of an ID token whose signature has been checked. */
const claimsIn = (idToken: string): Record<string, unknown> =>
  Claims.parse(JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8")));

/** What the provider answers; nothing when it is no JSON. @throws Error that says why there is no answer */
export async function fetchJson(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(REQUEST_MS) });
  // Who is asked in vain must not seem to say that somebody has no role.
  if (!answer.ok) throw new Error(`the sign-in provider answered ${answer.status}`);
  // Some sign what they say of people; the ID token has to do then.
  if (!/\bjson\b/.test(answer.headers.get("content-type") ?? "")) return {};
  return answer.json();
}

/**
 * All that a provider says of somebody: providers differ in what they put into the ID token and what is only told when
 * asked. The token counts where both say something.
 *
 * @returns null without an ID token, or when they are about different people
 */
export async function allClaims(
  { idToken, accessToken }: { idToken?: string | undefined; accessToken?: string | undefined },
  configuration: string,
): Promise<Record<string, unknown> | null> {
  if (!idToken) return null;
  const claims = claimsIn(idToken);
  const { userinfo_endpoint: url } = Discovered.parse(await fetchJson(configuration));
  if (!url || !accessToken) return claims;
  const told = Claims.parse(await fetchJson(url, { Authorization: `Bearer ${accessToken}` }));
  return told.sub === undefined || told.sub === claims.sub ? { ...told, ...claims } : null;
}
