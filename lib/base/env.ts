import "server-only";
import { totalmem } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { readAddressList } from "@/lib/base/addresses";
import { BOTS } from "@/lib/base/bots";
import { isZone } from "@/lib/base/time";

/** An empty variable counts as unset: compose files write `DATABASE_URL=` for "none". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** Whether an address names a server and nothing on it; slashes at its end do not count. */
function isOrigin(address: string): boolean {
  const { username, password, pathname, search, hash } = new URL(address);
  return !username && !password && !search && !hash && /^\/*$/.test(pathname);
}

const UNITS: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** "512MB" in bytes. */
const bytes = (size: string): number =>
  Number.parseInt(size, 10) * (UNITS[size.replace(/[\d ]/g, "").charAt(0).toUpperCase()] ?? 1);

const MIN_MIRROR_MEMORY = 64 * 1024 ** 2;
const MAX_DEFAULT_MIRROR_MEMORY = 2 * 1024 ** 3;

/** Some 80,000 deliveries. */
const DEFAULT_SPOOL = 512 * 1024 ** 2;

const addressList = z.string().transform((text, context) => {
  try {
    return readAddressList(text);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : "must be addresses, separated by commas");
    return z.NEVER;
  }
});

/** Proxies usually run on the same machine or in a private network. */
const DEFAULT_PROXIES = readAddressList("loopback, private");

/** Memory available to this process: the container's limit if there is one. */
const machineMemory = () => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** A quarter of the machine, as long as that is reasonable. */
const defaultMirrorMemory = () => Math.max(MIN_MIRROR_MEMORY, Math.min(machineMemory() / 4, MAX_DEFAULT_MIRROR_MEMORY));

const Env = z
  .object({
    PORT: optional(
      z.coerce.number("must be a number").int().min(1, "must be 1 to 65535").max(65535, "must be 1 to 65535"),
    ),
    DATABASE_URL: optional(
      z
        .string()
        .refine(
          (text) => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text),
          "must look like postgresql://user:password@host:5432/database",
        ),
    ),
    DATA_DIR: optional(z.string()),
    DUB_WEBHOOK_SECRET: optional(z.string()),
    ADMIN_EMAIL: optional(z.email("must be an email address")),
    ADMIN_PASSWORD: optional(
      z.string().min(8, "must have at least 8 characters").max(128, "must have at most 128 characters"),
    ),
    PUBLIC_URL: optional(
      z
        .url({ protocol: /^https?$/, error: "must be a full URL such as https://clicks.example.com" })
        .refine(
          isOrigin,
          "must be a URL without a path, such as https://clicks.example.com: Footfall can’t be served below a path",
        ),
    ),
    LOG_LEVEL: optional(
      z.enum(
        ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
        "must be fatal, error, warn, info, debug, trace or silent",
      ),
    ),
    ANALYTICS_ENGINE: optional(z.enum(["mirror", "postgres"], "must be mirror or postgres")),
    MIRROR_MEMORY: optional(
      z
        .string()
        .regex(/^\d{1,6} ?[KMG]i?B$/i, "must be a size such as 512MB or 2GB")
        .transform(bytes)
        .refine((size) => size >= MIN_MIRROR_MEMORY, "must be at least 64MB"),
    ),
    SPOOL_MAX_BYTES: optional(
      z
        .string()
        .regex(/^\d{1,6} ?[KMG]i?B$/i, "must be a size such as 512MB or 2GB")
        .transform(bytes),
    ),
    LEDGER_DAYS: optional(
      z.coerce.number("must be a number of days").int("must be a whole number of days").min(1, "must be at least 1"),
    ),
    REPEAT_WINDOW_MINUTES: optional(
      z.coerce
        .number("must be a number of minutes")
        .int("must be a whole number of minutes")
        .min(0, "must be 0 to 1440")
        .max(1_440, "must be 0 to 1440"),
    ),
    DEFAULT_TIMEZONE: optional(z.string().refine(isZone, "must be a time zone such as Europe/Berlin")),
    DEFAULT_BOTS: optional(z.enum(BOTS, "must be include, exclude or only")),
    SECRET_KEY: optional(z.string().min(32, "must have at least 32 characters")),
    SETUP_TOKEN: optional(z.string()),
    METRICS_TOKEN: optional(z.string().min(16, "must have at least 16 characters")),
    WEBHOOK_ALLOW: optional(addressList),
    TRUSTED_PROXIES: optional(addressList),
  })
  .refine(({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_PASSWORD || ADMIN_EMAIL, {
    path: ["ADMIN_EMAIL"],
    error: "must be set together with ADMIN_PASSWORD",
    // Also when another variable is invalid, so that all errors are reported at once.
    when: () => true,
  })
  .refine(({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_EMAIL || ADMIN_PASSWORD, {
    path: ["ADMIN_PASSWORD"],
    error: "must be set together with ADMIN_EMAIL",
    when: () => true,
  })
  .transform(
    ({
      PORT = 3000,
      LOG_LEVEL = "info",
      DATA_DIR = ".data",
      DUB_WEBHOOK_SECRET = "",
      ANALYTICS_ENGINE = "mirror",
      MIRROR_MEMORY = defaultMirrorMemory(),
      SPOOL_MAX_BYTES = DEFAULT_SPOOL,
      REPEAT_WINDOW_MINUTES = 60,
      DEFAULT_BOTS = "include",
      TRUSTED_PROXIES = DEFAULT_PROXIES,
      PUBLIC_URL,
      ...rest
    }) => ({
      ...rest,
      REPEAT_WINDOW_MINUTES,
      DEFAULT_BOTS,
      /** Whose forwarding headers are believed. */
      TRUSTED_PROXIES,
      PORT,
      LOG_LEVEL,
      ANALYTICS_ENGINE,
      /** Bytes that the mirror may use. */
      MIRROR_MEMORY,
      /** Bytes of deliveries that may wait on the disk while the database is away. */
      SPOOL_MAX_BYTES,
      // Else the build would take the path for one of its own files and trace the whole project.
      DATA_DIR: resolve(/* turbopackIgnore: true */ DATA_DIR),
      /** Live webhook secrets; any of them may have signed a delivery. */
      DUB_WEBHOOK_SECRET: DUB_WEBHOOK_SECRET.split(",")
        .map((secret) => secret.trim())
        .filter(Boolean),
      /** Address of the installation without a trailing slash. */
      PUBLIC_URL: PUBLIC_URL?.replace(/\/+$/, ""),
    }),
  );

export type Env = z.output<typeof Env>;

/** Names every bad variable, one a line, without its value: it may be a secret. */
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
