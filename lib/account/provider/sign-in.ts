import "server-only";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { admit } from "@/lib/account/admit";
import { countAttempt } from "@/lib/account/attempts";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { authOptions, authSettings } from "@/lib/account/auth";
import { assignRole } from "@/lib/account/people/people";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { withTimeout } from "@/lib/base/with-timeout";
import type { Person } from "@/lib/question/question";
import { Identity, roleIn } from "./claims";

/** The library's id of the provider, also in the URL to which it sends people back. */
const PROVIDER = "oidc";
/** The sign-in page; the library adds `error`, which names what went wrong. */
const FAILED = "/login";
/** Limit for what the provider is asked on the way. */
const PROVIDER_MS = 15_000;

/** Why somebody whom the provider knows isn't let in. */
const REASONS = ["account", "email", "role"] as const;

class Refusal extends Error {
  constructor(
    readonly reason: (typeof REASONS)[number],
    readonly email: string,
  ) {
    super(`not let in: ${reason}`);
  }
}

/** Settings that the environment checks together. */
type Provider = { issuer: string; clientId: string; clientSecret: string | undefined; publicUrl: string };

function providerSettings(): Provider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, PUBLIC_URL } = env();
  return issuer && clientId && PUBLIC_URL ? { issuer, clientId, clientSecret, publicUrl: PUBLIC_URL } : null;
}

/** What its button calls the provider, and the button's URL without `next`; null when there is none. */
export function signInButton(): { name: string; url: string } | null {
  const provider = providerSettings();
  // At the installation's own URL, to which the provider leads back: the browser keeps a cookie meanwhile.
  return provider && { name: env().OIDC_NAME, url: `${provider.publicUrl}/api/sign-in/provider` };
}

/** What people read who came back from the provider in vain. `error`: ours, or the library's. */
export const failureWords = (error: string): string =>
  words.provider[REASONS.find((reason) => reason === error) ?? "failed"](env().OIDC_NAME);

/** A name that no other provider has: people of two providers can have the same `sub`. */
const accountIdOf = (issuer: string, subject: string) => `${issuer} ${subject}`;

/** Who has signed in before with this identity, whatever their email address is by now. */
async function linkedPerson(accountId: string): Promise<Person | null> {
  const where = { providerId: PROVIDER, accountId };
  return db().account.findFirst({ where, select: { userId: true } });
}

/**
 * Lets somebody in whom the provider has signed in: whoever came with this identity before, else the account with the
 * email address, else a new one if new people have a role.
 *
 * @throws Refusal
 */
async function letIn(claims: Record<string, unknown>, issuer: string): Promise<{ email: string }> {
  const { sub, email, email_verified: isVerified } = Identity.parse(claims);
  const { OIDC_ROLE_CLAIM, OIDC_ROLE, OIDC_TRUST_EMAIL } = env();
  const role = (OIDC_ROLE_CLAIM && roleIn(claims, OIDC_ROLE_CLAIM)) || OIDC_ROLE || null;
  const linked = await linkedPerson(accountIdOf(issuer, sub));
  if (!linked && !isVerified && !OIDC_TRUST_EMAIL) throw new Refusal("email", email);
  const person = linked ?? (await admit({ email, by: "provider", headers: null }, role));
  if (!person) throw new Refusal(OIDC_ROLE_CLAIM ? "role" : "account", email);
  if (OIDC_ROLE_CLAIM) await followRole(person, role, email);
  const user = await db().user.findUniqueOrThrow({ where: { id: person.userId }, select: { email: true } });
  return { email: user.email };
}

/** With a role claim, the provider decides what people may do, each time. @throws Refusal for those without a role */
async function followRole(person: Person, role: ReturnType<typeof roleIn>, email: string): Promise<void> {
  const { role: before } = await db().user.findUniqueOrThrow({ where: { id: person.userId } });
  if (before === "owner") return;
  if (role === null) throw new Refusal("role", email);
  if (await assignRole(person, role))
    await record("person.change", personActor(person), {
      ...{ target: email, detail: { by: "provider", before, role }, headers: null },
    });
}

function createProviderAuth({ issuer, clientId, clientSecret }: Provider) {
  const { OIDC_SCOPES, OIDC_CLIENT_AUTH } = env();
  return betterAuth({
    ...authOptions(authSettings()),
    onAPIError: { throw: true, errorURL: FAILED },
    account: {
      // In an encrypted cookie: whoever begins and doesn't end writes nothing into the database.
      storeStateStrategy: "cookie",
      updateAccountOnSignIn: false,
      // `letIn` has checked the address.
      accountLinking: { trustedProviders: [PROVIDER], requireLocalEmailVerified: false },
    },
    databaseHooks: {
      // Tokens open other programs, and nothing here needs them.
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      session: {
        create: {
          after: async ({ userId }, context) =>
            record("session.start", personActor({ userId }), {
              detail: { by: "provider" },
              headers: context?.headers ?? null,
            }),
        },
      },
    },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: PROVIDER,
            discoveryUrl: `${issuer}/.well-known/openid-configuration`,
            requireIdTokenVerification: true,
            clientId,
            ...(clientSecret === undefined
              ? { tokenEndpointAuth: { method: "none" } }
              : { clientSecret, authentication: OIDC_CLIENT_AUTH }),
            scopes: OIDC_SCOPES,
            accountSubject: ({ profile }) => accountIdOf(issuer, String(profile.sub)),
            mapProfileToUser: (claims) => letIn(claims, issuer),
            // Accounts are made by `letIn` alone.
            disableSignUp: true,
            disableProviderLogout: true,
          },
        ],
      }),
    ],
  });
}

/** Of its own, so that sessions never depend on whether the provider answers. */
let cached: ReturnType<typeof createProviderAuth> | undefined;

async function providerAuth(provider: Provider) {
  cached ??= createProviderAuth(provider);
  try {
    // It asks for the provider's configuration, without a limit of its own.
    await withTimeout(cached.$context, PROVIDER_MS, "the sign-in provider took too long");
  } catch (error) {
    cached = undefined;
    throw error;
  }
  return cached;
}

type Step = { location: string; setCookies: string[] };

/** Leads to the sign-in page, which says why. */
const failed = (reason: string): Step => ({
  location: `${FAILED}?${new URLSearchParams({ error: reason })}`,
  setCookies: [],
});

/** Runs a step of the sign-in. @returns null when there is no provider */
async function step(caller: Headers, work: (provider: Provider) => Promise<Step>): Promise<Step | null> {
  const provider = providerSettings();
  if (!provider) return null;
  await countAttempt("sign-in", caller);
  try {
    return await withTimeout(work(provider), 2 * PROVIDER_MS, "the sign-in provider took too long");
  } catch (error) {
    if (error instanceof Refusal) {
      const { email, reason } = error;
      await record("session.refuse", { kind: "nobody", name: email }, { detail: { by: "provider" }, headers: caller });
      return failed(reason);
    }
    log.error({ err: error }, "access: sign-in by the provider failed");
    return failed("provider");
  }
}

/** Begins: leads to the provider, which leads to `next`, one of our paths, in the end. */
export function beginProviderSignIn(caller: Headers, next: string): Promise<Step | null> {
  return step(caller, async (provider) => {
    const { api } = await providerAuth(provider);
    const { publicUrl } = provider;
    const { response, headers } = await api.signInSocial({
      ...{ headers: caller, returnHeaders: true },
      body: {
        ...{ provider: PROVIDER, disableRedirect: true },
        ...{ callbackURL: `${publicUrl}${next}`, errorCallbackURL: `${publicUrl}${FAILED}` },
      },
    });
    if (response.url === undefined) throw new Error("no URL of the provider");
    return { location: response.url, setCookies: headers.getSetCookie() };
  });
}

/** Ends: what the provider says of somebody makes a session, or leads to the sign-in page with the reason. */
export function endProviderSignIn(request: Request): Promise<Step | null> {
  return step(request.headers, async (provider) => {
    const { handler } = await providerAuth(provider);
    const answer = await handler(request);
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`better-auth answered ${answer.status}`);
    return { location, setCookies: answer.headers.getSetCookie() };
  });
}
