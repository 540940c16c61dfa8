import "server-only";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { countAttempt } from "@/lib/account/attempts";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { authOptions, authSettings } from "@/lib/account/auth";
import { isSetUp, readViewer } from "@/lib/account/session";
import { unavailable } from "@/lib/account/unavailable";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { withTimeout } from "@/lib/base/with-timeout";
import { allClaims, fetchJson } from "./claims";
import { accountIdOf, letIn, PROVIDER, REASONS, Refusal, type Way, wayOfNow, ways } from "./let-in";

/** The part of Settings about the provider. */
export const CONNECTION_ID = "sign-in-provider";
/** Where people read why it didn't work; the library adds `error`. Who connects the provider is signed in already. */
const FAILED = { signedOut: "/login", signedIn: `/settings#${CONNECTION_ID}` };
/** Of a session of somebody whose role the provider decides. */
const ROLE_SESSION_S = 24 * 60 * 60;
/** Limit for reading the provider's configuration, and for a whole step. */
const CONFIGURATION_MS = 15_000;
const STEP_MS = 30_000;

/** Settings that the environment checks together. */
type Provider = { issuer: string; clientId: string; clientSecret: string | undefined; publicUrl: string };

function providerSettings(): Provider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, PUBLIC_URL } = env();
  return issuer && clientId && PUBLIC_URL ? { issuer, clientId, clientSecret, publicUrl: PUBLIC_URL } : null;
}

/** The provider as pages name it, and the URL of its button without `next`; null when there is none. */
export function shownProvider(): { name: string; url: string; issuer: string } | null {
  const provider = providerSettings();
  if (!provider) return null;
  // At the installation's own URL, to which the provider leads back: the browser keeps a cookie meanwhile.
  return { name: env().OIDC_NAME, url: `${provider.publicUrl}/api/sign-in/provider`, issuer: provider.issuer };
}

/** What people read who came back from the provider in vain. `error`: ours, or the library's. */
export const failureWords = (error: string): string =>
  words.provider[REASONS.find((reason) => reason === error) ?? "failed"](env().OIDC_NAME);

const configurationOf = (issuer: string) => `${issuer}/.well-known/openid-configuration`;

/** Longer ones are cut: a provider may answer with a page. */
const MOST_OF_CAUSE = 300;

/** What the library says of a failure, in one line: it logs errors, and answers of the provider. */
function causeOf(cause: unknown): string {
  const said = cause instanceof Error ? [cause.message, cause.cause && causeOf(cause.cause)] : [JSON.stringify(cause)];
  return said.filter(Boolean).join(": ").slice(0, MOST_OF_CAUSE);
}

/** Logs why a sign-in can't begin or end, once the provider has been asked; nobody waits for that. */
function explain({ issuer }: Provider, error: unknown): void {
  const url = configurationOf(issuer);
  fetchJson(url).then(
    () => log.error({ err: error }, "sign-in provider: a sign-in failed"),
    (cause: unknown) =>
      log.error({ url, cause: causeOf(cause) }, "sign-in provider: its configuration can’t be read. Check OIDC_ISSUER"),
  );
}

function createProviderAuth({ issuer, clientId, clientSecret }: Provider) {
  const { OIDC_SCOPES, OIDC_CLIENT_AUTH, OIDC_ROLE_CLAIM } = env();
  const { session, ...options } = authOptions(authSettings());
  const configuration = configurationOf(issuer);
  return betterAuth({
    ...options,
    logger: {
      level: "error",
      log: (_level, message, ...causes) => log.warn({ causes: causes.map(causeOf) }, `sign-in provider: ${message}`),
    },
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
              target: env().OIDC_NAME,
              headers: ways.getStore()?.caller ?? null,
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
  // Before the fragment, if there is one.
  location: endOf(way).replace(/(?=#|$)/, `?${new URLSearchParams({ error: reason })}`),
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
      await record(
        "session.refuse",
        { kind: "nobody", name: email },
        { detail: { by: "provider", reason }, headers: caller },
      );
      return failed(way, reason);
    }
    explain(provider, error);
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
    if (/[?&]error=invalid_code(&|$)/.test(location))
      log.error("sign-in provider: it refused the code. Check OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_CLIENT_AUTH");
    return { location, setCookies: answer.headers.getSetCookie() };
  });
}
