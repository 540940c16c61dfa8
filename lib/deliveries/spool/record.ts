import { crc32 } from "node:zlib";
import { z } from "zod";

/** A delivery that waits: its body without passwords. */
export type Spooled = { receivedAt: Date; secretId: number | null; body: Buffer };

const Line = z.object({
  at: z.number().transform((at) => new Date(at)),
  // Not written before there were several secrets.
  secret: z.number().nullable().default(null),
  body: z.base64().transform((text) => Buffer.from(text, "base64")),
});
const Erased = z.object({ erased: z.string() });

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, "0");
const lineOf = (value: object): string => {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}`;
};

/** One line: a checksum, then JSON. What was cut off by a crash fits no checksum or has no end. */
export function encodeRecord({ receivedAt, secretId, body }: Spooled): string {
  return `${lineOf({ at: receivedAt.getTime(), secret: secretId, body: body.toString("base64") })}\n`;
}

/**
 * A line of the same length that stands for a deleted delivery, so that it can be written over the line of that
 * delivery: the places of all others stay. Every line that `encodeRecord` writes is long enough.
 */
export function erasedLine(length: number): string {
  const pad = length - lineOf({ erased: "" }).length;
  return lineOf({ erased: "x".repeat(Math.max(0, pad)) });
}

/** What a line without its end says: a delivery, that one was erased, or null when it is not what was written. */
export function decodeRecord(line: string): Spooled | "erased" | null {
  const json = line.slice(9);
  if (line.slice(0, 9) !== `${checksum(json)} `) return null;
  const parsed: unknown = JSON.parse(json);
  if (Erased.safeParse(parsed).success) return "erased";
  const { at, secret, body } = Line.parse(parsed);
  return { receivedAt: at, secretId: secret, body };
}
