import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/base/errors";

/** 413. */
export const bodyTooLarge = (limit: number): AppError =>
  new AppError("payload_too_large", `The body is too large: send at most ${limit.toLocaleString("en")} bytes.`);

/** The sender disconnected. */
export const bodyBroke = (cause?: unknown): AppError =>
  new AppError("bad_request", "The body is incomplete. Send the request again.", {}, { cause });

/**
 * The raw bytes of a request. Never holds more than `limit`.
 *
 * @throws AppError when there are more bytes, or when the sender disconnected
 */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length")) > limit) throw bodyTooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Leaving the loop early cancels the stream.
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > limit) throw bodyTooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw bodyBroke(error);
  }
  return Buffer.concat(chunks);
}

/**
 * A request's JSON, validated. It must have the JSON content type, which forms of other sites can't send, nor scripts
 * without asking first.
 *
 * @throws AppError naming the first invalid field
 */
export async function readJson<Output>(request: Request, schema: z.ZodType<Output>, limit: number): Promise<Output> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new AppError("bad_request", "Send JSON with the header Content-Type: application/json.");
  const result = schema.safeParse(parse((await readBody(request, limit)).toString("utf8")));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join(".");
  throw new AppError("unprocessable_entity", `${field ? `${field}: ` : ""}${issue?.message ?? "Invalid value."}`);
}

/**
 * Parses JSON. A key `__proto__` isn't JSON here: what reads an object would leave it out without a word.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "__proto__") throw new SyntaxError("__proto__ is no name");
    return value;
  });
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new AppError("bad_request", "The body isn’t valid JSON.", {}, { cause: error });
  }
}
