import "server-only";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { type BetterAuthOptions, betterAuth } from "better-auth/minimal";
import { twoFactor } from "better-auth/plugins/two-factor";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { isHttps } from "@/lib/base/http/https";
import { log } from "@/lib/base/log";
import { ownOrigins } from "./own-origins";
import { PASSWORD_LENGTH } from "./password-length";
import { cookiePrefix } from "./session-cookie";

export const AUTH_PATH = "/api/auth";

const SESSION_S = 30 * 24 * 60 * 60;
/** How long a code may take after the password. */
const CODE_S = 10 * 60;

/** The library requires one URL; `ownOrigins` knows several. This one is reserved, so no page can have its origin. */
const NO_ADDRESS = "http://footfall.invalid";

type Settings = { secret: string; publicUrl: string | undefined };

/** How the library signs people in and keeps their sessions, however they came. */
export const authOptions = ({ secret, publicUrl }: Settings) =>
  ({
    secret,
    baseURL: publicUrl ? new URL(publicUrl).origin : NO_ADDRESS,
    basePath: AUTH_PATH,
    trustedOrigins: (request) => (request ? ownOrigins(request) : []),
    database: prismaAdapter(db(), { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      revokeSessionsOnPasswordReset: true,
    },
    // Only lib/account/account can reach this, which asks for the password.
    user: { changeEmail: { enabled: true, updateEmailWithoutVerification: true } },
    // Tokens of links that set a password.
    verification: { storeIdentifier: "hashed" },
    // A page can't renew its cookie while it renders, so the row isn't renewed either: both expire together.
    session: { expiresIn: SESSION_S, disableSessionRefresh: true },
    // Attempts are counted in the database instead, for all servers: see attempts.ts.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: cookiePrefix(secret),
      useSecureCookies: isHttps(publicUrl),
      // Off by default where NODE_ENV is "test".
      disableOriginCheck: false,
      // Set by our own middleware, which knows the proxies: see lib/base/http/proxies.ts.
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
    },
    telemetry: { enabled: false },
    onAPIError: { throw: true },
    // For example a foreign origin, which tells the operator that a proxy changes the host. Failures are logged
    // separately.
    logger: { level: "error", log: (_level, message) => log.warn(`access: ${message}`) },
  }) satisfies BetterAuthOptions;

/** Sign-in and sessions, by email and password and an app's code. Accounts are created by lib/account/owner only. */
export function createAuth(settings: Settings) {
  return betterAuth({
    ...authOptions(settings),
    // Its routes are closed: lib/account/two-factor.ts calls what they do.
    plugins: [twoFactor({ issuer: "Footfall", twoFactorCookieMaxAge: CODE_S })],
  });
}

export type Auth = ReturnType<typeof createAuth>;

let cached: { auth: Auth; client: ReturnType<typeof db> } | undefined;

/** @throws AppError unavailable without SECRET_KEY */
export function authSettings(): Settings {
  const { SECRET_KEY, PUBLIC_URL } = env();
  if (!SECRET_KEY) {
    throw new AppError(
      "unavailable",
      "No SECRET_KEY: start the server with npm start, or set SECRET_KEY to 32 or more random characters.",
    );
  }
  return { secret: SECRET_KEY, publicUrl: PUBLIC_URL };
}

/** Sign-in and sessions of this process. @throws AppError unavailable without SECRET_KEY or DATABASE_URL */
export function auth(): Auth {
  const client = db();
  // A move to another database gives another client.
  if (cached?.client !== client) cached = { auth: createAuth(authSettings()), client };
  return cached.auth;
}
