import { crc32 } from "node:zlib";
import { z } from "zod";

/** A delivery as it waits: its raw bytes without passwords, and the transaction that may have stored it already. */
export type Spooled = { receivedAt: Date; secretId: number | null; tried: string | null; body: Buffer };

const Line = z.object({
  at: z.number().transform((at) => new Date(at)),
  // Not written before there were several secrets.
  secret: z.number().nullable().default(null),
  tried: z.string().nullable(),
  body: z.base64().transform((text) => Buffer.from(text, "base64")),
});

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, "0");

/** One line: a checksum, then JSON. What was cut off by a crash fits no checksum or has no end. */
export function encodeRecord({ receivedAt, secretId, tried, body }: Spooled): string {
  const json = JSON.stringify({ at: receivedAt.getTime(), secret: secretId, tried, body: body.toString("base64") });
  return `${checksum(json)} ${json}\n`;
}

/** What a line without its end says, or null when it is not what was written. */
export function decodeRecord(line: string): Spooled | null {
  const json = line.slice(9);
  if (line.slice(0, 9) !== `${checksum(json)} `) return null;
  const { at, secret, tried, body } = Line.parse(JSON.parse(json));
  return { receivedAt: at, secretId: secret, tried, body };
}
