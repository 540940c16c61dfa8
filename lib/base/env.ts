import "server-only";
import { totalmem } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { readAddressList } from "@/lib/base/addresses";
import { BOTS } from "@/lib/base/bots";
import { isZone } from "@/lib/base/time";

/** An empty or blank variable counts as unset: compose files write `DATABASE_URL=` for "none". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? undefined : value), schema.optional());

const withDefault = <T extends z.ZodType>(schema: T, fallback: z.output<T>) =>
  optional(schema).transform((value): z.output<T> => value ?? fallback);

/** Whether a URL names a server and nothing on it, but for slashes at its end. */
const isOrigin = (url: string): boolean => /^https?:\/\/[^/?#\\@]*\/*$/i.test(url);

const UNITS: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** "512MB" in bytes. */
const bytes = (size: string): number =>
  Number.parseInt(size, 10) * (UNITS[size.replace(/[\d ]/g, "").charAt(0).toUpperCase()] ?? 1);

const MIN_MIRROR_MEMORY = 64 * 1024 ** 2;
const MAX_DEFAULT_MIRROR_MEMORY = 640 * 1024 ** 2;

/** Some 80,000 deliveries. */
const DEFAULT_SPOOL = 512 * 1024 ** 2;

const addressList = z.string().transform((text, context) => {
  try {
    if (/[^\s,]/.test(text)) return readAddressList(text);
    throw new RangeError("must name an address or a range such as 203.0.113.0/24");
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : "must be addresses, separated by commas");
    return z.NEVER;
  }
});

/** Memory available to this process: the container's limit if there is one. */
const machineMemory = () => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** A quarter of the machine, as long as that is reasonable. */
const defaultMirrorMemory = () => Math.max(MIN_MIRROR_MEMORY, Math.min(machineMemory() / 4, MAX_DEFAULT_MIRROR_MEMORY));

const size = z
  .string()
  .regex(/^\d{1,6} ?[KMG]i?B$/i, "must be a size such as 512MB or 2GB")
  .transform(bytes);

/** A whole number. `words`: what it is, with its article. */
const whole = (min: number, max: number, words: string, range: string) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/, `must be ${words}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .int(`must be a whole ${words.slice(2)}`)
        .min(min, range)
        .max(max, range),
    );

/** Checked even when another variable is invalid, so that all errors are reported at once. */
const together = (missing: string, other: string) => ({
  path: [missing],
  error: `must be set together with ${other}`,
  when: () => true,
});

/** Roles that another system can give: owners are made by owners. */
const givenRole = z.enum(["admin", "member", "viewer"], "must be admin, member or viewer");

/** Headers that proxies set for other ends, and our own. */
const RESERVED = /^x-(forwarded-(for|host|proto|port)|footfall-.*|middleware-.*|nextjs-.*)$/;

const Env = z
  .object({
    PORT: withDefault(whole(1, 65_535, "a number", "must be 1 to 65535"), 3000),
    DATABASE_URL: optional(
      z
        .string()
        .refine(
          (text) => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text),
          "must look like postgresql://user:password@host:5432/database",
        ),
    ),
    // Else the build would take the path for one of its own files and trace the whole project.
    DATA_DIR: withDefault(z.string(), ".data").transform((path) => resolve(/* turbopackIgnore: true */ path)),
    /** Live webhook secrets; any of them may have signed a delivery. */
    DUB_WEBHOOK_SECRET: withDefault(z.string(), "").transform((list) =>
      list
        .split(",")
        .map((secret) => secret.trim())
        .filter(Boolean),
    ),
    ADMIN_EMAIL: optional(z.email("must be an email address")),
    ADMIN_PASSWORD: optional(
      z.string().min(8, "must have at least 8 characters").max(128, "must have at most 128 characters"),
    ),
    /** Address of the installation without a trailing slash. */
    PUBLIC_URL: optional(
      z
        .url({ protocol: /^https?$/, error: "must be a full URL such as https://clicks.example.com" })
        .refine(
          isOrigin,
          "must be a URL without a path, such as https://clicks.example.com: Footfall can’t be served below a path",
        )
        .transform((url) => url.replace(/\/+$/, "")),
    ),
    LOG_LEVEL: withDefault(
      z.enum(
        ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
        "must be fatal, error, warn, info, debug, trace or silent",
      ),
      "info",
    ),
    /** In how many parts a Citus cluster keeps the clicks, from when they are distributed. */
    CITUS_SHARDS: withDefault(whole(1, 1_024, "a number", "must be 1 to 1024"), 32),
    ANALYTICS_ENGINE: withDefault(z.enum(["mirror", "postgres"], "must be mirror or postgres"), "mirror"),
    /** Bytes that the mirror may use. */
    MIRROR_MEMORY: withDefault(
      size.refine((size) => size >= MIN_MIRROR_MEMORY, "must be at least 64MB"),
      defaultMirrorMemory(),
    ),
    /** Bytes of deliveries that may wait on the disk while the database is away. */
    SPOOL_MAX_BYTES: withDefault(size, DEFAULT_SPOOL),
    LEDGER_DAYS: optional(whole(1, 100_000, "a number of days", "must be 1 to 100000")),
    REPEAT_WINDOW_MINUTES: withDefault(whole(0, 1_440, "a number of minutes", "must be 0 to 1440"), 60),
    DEFAULT_TIMEZONE: optional(z.string().refine(isZone, "must be a time zone such as Europe/Berlin")),
    DEFAULT_BOTS: optional(z.enum(BOTS, "must be include, exclude or only")),
    SECRET_KEY: optional(z.string().min(32, "must have at least 32 characters")),
    SETUP_TOKEN: optional(z.string()),
    METRICS_TOKEN: optional(z.string().min(16, "must have at least 16 characters")),
    WEBHOOK_ALLOW: optional(addressList),
    /** Header in which a proxy names the person it has signed in, in lower case. */
    SIGN_IN_HEADER: optional(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^x-[a-z\d-]+$/, "must be the name of a header such as X-Forwarded-Email")
        .refine((name) => !RESERVED.test(name), "must not be a header that means something else"),
    ),
    /** From whom it is believed. */
    SIGN_IN_PROXIES: optional(addressList),
    /** The role of people who come that way and have no account. */
    SIGN_IN_ROLE: optional(givenRole),
    /** An OpenID Connect provider that signs people in: its URL, without the path of its configuration. */
    OIDC_ISSUER: optional(
      z
        .url({ protocol: /^https?$/, error: "must be a full URL such as https://login.example.com" })
        .refine((url) => !/[?#]/.test(url), "must be a URL without a query")
        .transform((url) => url.replace(/\/\.well-known\/openid-configuration$/, "").replace(/\/+$/, "")),
    ),
    OIDC_CLIENT_ID: optional(z.string().trim()),
    /** Unset for clients without one, whose requests are bound by PKCE alone. */
    OIDC_CLIENT_SECRET: optional(z.string().trim()),
    /** How the secret is sent. */
    OIDC_CLIENT_AUTH: withDefault(z.enum(["basic", "post"], "must be basic or post"), "basic"),
    /** What its button on the sign-in page says after “Continue with”. */
    OIDC_NAME: withDefault(z.string().trim().max(60, "must have at most 60 characters"), "single sign-on"),
    OIDC_SCOPES: withDefault(z.string(), "openid email profile").transform((list) =>
      list.split(/[\s,]+/).filter(Boolean),
    ),
    /** The role of people who come that way and have no account. */
    OIDC_ROLE: optional(givenRole),
    /** The claim that names people’s roles. */
    OIDC_ROLE_CLAIM: optional(z.string().trim()),
    /** Whether addresses count that the provider doesn't call verified. */
    OIDC_TRUST_EMAIL: withDefault(z.enum(["true", "false"], "must be true or false"), "false").transform(
      (text) => text === "true",
    ),
    /** The server that sends email, such as smtp://user:password@mail.example.com:587; smtps:// for TLS from the start. */
    SMTP_URL: optional(
      z.url({ protocol: /^smtps?$/, error: "must look like smtp://user:password@mail.example.com:587" }),
    ),
    MAIL_FROM: optional(z.email("must be an email address")),
    /** Whose forwarding headers are believed. Proxies usually run on the same machine or in a private network. */
    TRUSTED_PROXIES: withDefault(addressList, readAddressList("loopback, private")),
  })
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_PASSWORD || ADMIN_EMAIL,
    together("ADMIN_EMAIL", "ADMIN_PASSWORD"),
  )
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_EMAIL || ADMIN_PASSWORD,
    together("ADMIN_PASSWORD", "ADMIN_EMAIL"),
  )
  .refine(
    ({ SIGN_IN_HEADER, SIGN_IN_PROXIES }) => !SIGN_IN_PROXIES || SIGN_IN_HEADER,
    together("SIGN_IN_HEADER", "SIGN_IN_PROXIES"),
  )
  .refine(
    ({ SIGN_IN_HEADER, SIGN_IN_PROXIES }) => !SIGN_IN_HEADER || SIGN_IN_PROXIES,
    together("SIGN_IN_PROXIES", "SIGN_IN_HEADER"),
  )
  .refine(
    ({ SIGN_IN_HEADER, SIGN_IN_ROLE }) => !SIGN_IN_ROLE || SIGN_IN_HEADER,
    together("SIGN_IN_HEADER", "SIGN_IN_ROLE"),
  )
  .refine(
    ({ OIDC_ISSUER, OIDC_CLIENT_ID }) => !OIDC_ISSUER || OIDC_CLIENT_ID,
    together("OIDC_CLIENT_ID", "OIDC_ISSUER"),
  )
  .refine(
    ({ OIDC_ISSUER, OIDC_CLIENT_ID }) => !OIDC_CLIENT_ID || OIDC_ISSUER,
    together("OIDC_ISSUER", "OIDC_CLIENT_ID"),
  )
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, together("MAIL_FROM", "SMTP_URL"))
  .refine(({ SMTP_URL, MAIL_FROM }) => !MAIL_FROM || SMTP_URL, together("SMTP_URL", "MAIL_FROM"))
  .refine(({ SMTP_URL, PUBLIC_URL }) => !SMTP_URL || PUBLIC_URL, together("PUBLIC_URL", "SMTP_URL"))
  .refine(({ OIDC_ISSUER, PUBLIC_URL }) => !OIDC_ISSUER || PUBLIC_URL, together("PUBLIC_URL", "OIDC_ISSUER"));

export type Env = z.output<typeof Env>;

/** Names every bad variable, one a line, without its value, which may be a secret; entries of address lists are quoted. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/**
 * Settings from environment variables.
 *
 * @throws EnvError naming every variable that is not valid
 */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const result = Env.safeParse(variables);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new EnvError([...new Set(lines)].join("\n"));
}

let cached: Env | undefined;

/** Settings of this process, read once. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}
