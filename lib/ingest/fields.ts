import { z } from "zod";
import { isNoValue } from "@/lib/clean";

/** What lies outside is a mistake of the sender. */
const FIRST = Date.UTC(2000, 0);
const END = Date.UTC(2100, 0);
const MAX_ID = 255;

const noneIfEmpty = (text: string): string | null => (text === "" ? null : text);

/** Text, or a number where text should be: Dub's queue turns a region `13` into one. */
const loose = z.union([z.string(), z.number().transform(String)]);

/** Text as sent, or null when it is of another type or says nothing. */
export const raw = loose.transform((text) => (isNoValue(text) ? null : text)).catch(null);

/** Like `raw`, without the space around it. */
export const word = raw.transform((text) => text?.trim() ?? null);

/** Text that somebody wrote, in which `Unknown` is a word like any other. Null when empty or of another type. */
export const label = loose.transform((text) => noneIfEmpty(text.trim())).catch(null);

/** True only for what clearly says so. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === "true" || value === 1);

/** An identifier, without which a delivery is not read. */
export const id = z
  .string("is missing or not text")
  .trim()
  .min(1, "is empty")
  .max(MAX_ID, `has more than ${MAX_ID} characters`);

/** An instant, without which a click is not read. */
export const instant = z
  .string("is missing or not text")
  .trim()
  .pipe(z.iso.datetime({ offset: true, error: "is not an ISO 8601 time with a zone" }))
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= FIRST && date.getTime() < END, "is not between 2000 and 2100");

/** An instant, or null when there is none that could be right. */
export const looseInstant = instant.nullable().catch(null);

/** An identifier for the ledger, which takes whatever there is of it. */
export const looseId = loose.transform((text) => noneIfEmpty(text.trim().slice(0, MAX_ID))).catch(null);
