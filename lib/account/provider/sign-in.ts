import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { admit } from "@/lib/account/admit";
import { countAttempt } from "@/lib/account/attempts";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { authOptions, authSettings } from "@/lib/account/auth";
import { assignRole } from "@/lib/account/people/people";
import { endAllSessions } from "@/lib/account/people/sessions";
import { ROLE_KEYS, type Role } from "@/lib/account/roles";
import { isSetUp, readViewer } from "@/lib/account/session";
import { unavailable } from "@/lib/account/unavailable";
import { rightsOf, type Viewer } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { withTimeout } from "@/lib/base/with-timeout";
import type { Person } from "@/lib/question/question";
import { allClaims, Identity, roleIn } from "./claims";

/** The library's id of the provider, also in the URL to which it sends people back. */
const PROVIDER = "oidc";
/** Where people read why it didn't work; the library adds `error`. Who connects the provider is signed in already. */
const FAILED = { signedOut: "/login", signedIn: "/settings" };
/** Of a session of somebody whose role the provider decides. */
const ROLE_SESSION_S = 24 * 60 * 60;
/** Limit for reading the provider's configuration, and for a whole step. */
const CONFIGURATION_MS = 15_000;
const STEP_MS = 30_000;

/** Why somebody whom the provider knows isn't let in. */
const REASONS = ["account", "connect", "email", "identity", "other", "role"] as const;

class Refusal extends Error {
  constructor(
    readonly reason: (typeof REASONS)[number],
    readonly email: string,
  ) {
    super(`not let in: ${reason}`);
  }
}

/** The way of somebody to the provider or back: the library calls `letIn` without the request. `viewer`: who is signed in. */
type Way = { caller: Headers; viewer: Viewer | null; isOver: boolean };
const ways = new AsyncLocalStorage<Way>();

/** @throws Error when the browser has been told already that it took too long */
function wayOfNow(): Way {
  const way = ways.getStore();
  if (!way || way.isOver) throw new Error("the sign-in is over");
  return way;
}

/** Settings that the environment checks together. */
type Provider = { issuer: string; clientId: string; clientSecret: string | undefined; publicUrl: string };

function providerSettings(): Provider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, PUBLIC_URL } = env();
  return issuer && clientId && PUBLIC_URL ? { issuer, clientId, clientSecret, publicUrl: PUBLIC_URL } : null;
}

/** The provider as pages name it, and the URL of its button without `next`; null when there is none. */
export function signInButton(): { name: string; url: string; issuer: string } | null {
  const provider = providerSettings();
  if (!provider) return null;
  // At the installation's own URL, to which the provider leads back: the browser keeps a cookie meanwhile.
  return { name: env().OIDC_NAME, url: `${provider.publicUrl}/api/sign-in/provider`, issuer: provider.issuer };
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
 * The account with an address that the provider has verified. Nobody has verified the address of an account with a
 * password: whoever took it would share the account with its rightful owner. So that is connected by who is signed in to
 * it, and by nobody else.
 *
 * @throws Refusal
 */
async function joinedPerson(email: string, { viewer }: Way): Promise<Person | null> {
  const accounts = { select: { password: true } };
  const known = await db().user.findUnique({ where: { email }, select: { id: true, accounts } });
  if (!known) return null;
  if (known.accounts.length > 0 && viewer?.userId !== known.id) {
    const hasPassword = known.accounts.some(({ password }) => password !== null);
    throw new Refusal(hasPassword ? "connect" : "identity", email);
  }
  return { userId: known.id };
}

/**
 * Lets somebody in whom the provider has signed in: whoever came with this identity before, else the account with the
 * email address, else a new one if new people have a role. Who is signed in already connects their own account.
 *
 * @throws Refusal
 */
async function letIn(
  claims: Record<string, unknown>,
  issuer: string,
): Promise<{ email: string; emailVerified: false }> {
  const way = wayOfNow();
  const { data } = Identity.safeParse(claims);
  if (!data) throw new Error("the provider names no subject or no email address: does OIDC_SCOPES ask for it?");
  const { sub, email, email_verified: isVerified } = data;
  const { OIDC_ROLE_CLAIM, OIDC_ROLE, OIDC_TRUST_EMAIL } = env();
  const linked = await linkedPerson(accountIdOf(issuer, sub));
  if (!linked && !isVerified && !OIDC_TRUST_EMAIL) throw new Refusal("email", email);
  const known = linked ?? (await joinedPerson(email, way));
  if (way.viewer && known?.userId !== way.viewer.userId) throw new Refusal("other", email);
  const named = OIDC_ROLE_CLAIM ? roleIn(claims, OIDC_ROLE_CLAIM) : null;
  if (known && OIDC_ROLE_CLAIM)
    await followRole(known, named, way).catch(async (error: unknown) => {
      // Who only tries to connect the provider keeps what their password opens.
      if (linked && error instanceof Refusal) await endAllSessions(linked);
      throw error;
    });
  const arrival = { email, by: "provider", headers: way.caller } as const;
  const person = known ?? (await admit(arrival, named ?? OIDC_ROLE));
  if (!person) throw new Refusal(OIDC_ROLE_CLAIM ? "role" : "account", email);
  // It may be another address than the provider's.
  return { email: await addressOf(person), emailVerified: false };
}

async function addressOf({ userId }: Person): Promise<string> {
  return (await db().user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })).email;
}

/** The less powerful one. */
const lesser = (a: Role, b: Role): Role => (ROLE_KEYS.indexOf(a) > ROLE_KEYS.indexOf(b) ? a : b);

/**
 * With a role claim, the provider decides what people may do, each time. Whom it gives no role has at most the role of new
 * people, and nothing where those have none.
 *
 * @throws Refusal for those without a role
 */
async function followRole(person: Person, named: Role | null, { caller }: Way): Promise<void> {
  const { email, ...rights } = await db().user.findUniqueOrThrow({ where: { id: person.userId } });
  const { role: before } = rightsOf(rights);
  if (before === "owner") return;
  const { OIDC_ROLE } = env();
  const role = named ?? (OIDC_ROLE ? lesser(before, OIDC_ROLE) : null);
  if (role === null) throw new Refusal("role", email);
  if (!(await assignRole(person, role))) return;
  const detail = { by: "provider", before, role };
  await record("person.change", personActor(person), { target: email, detail, headers: caller });
}

function createProviderAuth({ issuer, clientId, clientSecret }: Provider) {
  const { OIDC_SCOPES, OIDC_CLIENT_AUTH, OIDC_ROLE_CLAIM } = env();
  const { session, ...options } = authOptions(authSettings());
  const configuration = `${issuer}/.well-known/openid-configuration`;
  return betterAuth({
    ...options,
    // The provider's roles are read when somebody signs in.
    session: OIDC_ROLE_CLAIM ? { ...session, expiresIn: ROLE_SESSION_S } : session,
    onAPIError: { throw: true, errorURL: FAILED.signedOut },
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
          after: async ({ userId }) =>
            record("account.connect", personActor({ userId }), {
              ...{ target: env().OIDC_NAME, headers: ways.getStore()?.caller ?? null },
            }),
        },
      },
      session: {
        create: {
          before: async () => {
            wayOfNow();
          },
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
            discoveryUrl: configuration,
            requireIdTokenVerification: true,
            clientId,
            ...(clientSecret === undefined
              ? { tokenEndpointAuth: { method: "none" } }
              : { clientSecret, authentication: OIDC_CLIENT_AUTH }),
            scopes: OIDC_SCOPES,
            accountSubject: ({ profile }) => accountIdOf(issuer, String(profile.sub)),
            getUserInfo: async (tokens) => {
              const claims = await allClaims(tokens, configuration);
              return claims && { ...claims, emailVerified: false };
            },
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
    await withTimeout(cached.$context, CONFIGURATION_MS, "the sign-in provider took too long");
  } catch (error) {
    cached = undefined;
    throw error;
  }
  return cached;
}

type Step = { location: string; setCookies: string[] };

/** Where the way ends in vain: a page that says why. */
const endOf = ({ viewer }: Way): string => (viewer ? FAILED.signedIn : FAILED.signedOut);

const failed = (way: Way, reason: string): Step => ({
  location: `${endOf(way)}?${new URLSearchParams({ error: reason })}`,
  setCookies: [],
});

/** Runs a step of the sign-in. @returns null when there is no provider */
async function step(caller: Headers, work: (provider: Provider, way: Way) => Promise<Step>): Promise<Step | null> {
  const provider = providerSettings();
  if (!provider) return null;
  await countAttempt("provider", caller).catch(unavailable);
  if (!(await isSetUp())) return { location: "/setup", setCookies: [] };
  const way = { caller, viewer: await readViewer(caller), isOver: false };
  try {
    const answer = ways.run(way, () => work(provider, way));
    return await withTimeout(answer, STEP_MS, "the sign-in provider took too long");
  } catch (error) {
    if (error instanceof Refusal) {
      const { email, reason } = error;
      await record("session.refuse", { kind: "nobody", name: email }, { detail: { by: "provider" }, headers: caller });
      return failed(way, reason);
    }
    log.error({ err: error }, "access: sign-in by the provider failed");
    return failed(way, "provider");
  } finally {
    way.isOver = true;
  }
}

/** Begins: leads to the provider, which leads to `next`, one of our paths, in the end. */
export function beginProviderSignIn(caller: Headers, next: string): Promise<Step | null> {
  return step(caller, async (provider, way) => {
    const { api } = await providerAuth(provider);
    const { publicUrl } = provider;
    const { response, headers } = await api.signInSocial({
      ...{ headers: caller, returnHeaders: true },
      body: {
        ...{ provider: PROVIDER, disableRedirect: true },
        ...{ callbackURL: `${publicUrl}${next}`, errorCallbackURL: `${publicUrl}${endOf(way)}` },
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
