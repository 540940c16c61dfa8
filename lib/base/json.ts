import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/base/errors";
import { readBody } from "@/lib/base/http/body";

/**
 * The JSON that a request brings, as `schema` has it. It has to call itself JSON: a form of another site cannot, and a
 * script of another site would have to ask first.
 *
 * @throws AppError naming the first field that cannot be used
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("bad_request", "The body isn’t valid JSON.", {}, { cause: error });
  }
}
