import "server-only";
import pino from "pino";
import { env } from "@/lib/base/env";

/** The log of the process: JSON lines on standard output. Secrets are never handed to it. */
export const log = pino({ level: env().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime });
