import "server-only";
import type { Tool as Listed } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Asking } from "@/lib/api/mcp/told";

/** What a tool says: one line without any text by others, and the whole. */
export type Said<Output> = { summary: string; content: Output };

type Parts<Input, Output> = {
  name: string;
  title: string;
  description: string;
  input: z.ZodType<Input>;
  output: z.ZodType<Output>;
  /** @throws AppError that says what to ask instead */
  run: (args: Input, asking: Asking) => Promise<Said<Output>>;
};

/** A tool: how it is listed, and how it is called with arguments as they came. */
export type Tool = { listed: Listed; call: (args: unknown, asking: Asking) => Promise<Said<object>> };

/** What is wrong with arguments, one a line. */
const problemsOf = (error: z.ZodError): string =>
  error.issues
    .map((issue) => {
      const message = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
      return issue.path.length > 0 ? `${issue.path.join(".")}: ${message}` : message;
    })
    .join("\n");

/** Arguments that a tool doesn't take, or can't read. */
export class ArgumentError extends Error {}

const schemaOf = (schema: z.ZodType, io: "input" | "output") =>
  z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Listed["inputSchema"];

/** Every tool only reads, and asks nobody but this installation. */
const READS = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** Makes a tool. Its arguments are checked before it runs. */
export function tool<Input, Output extends object>(parts: Parts<Input, Output>): Tool {
  const { name, title, description, input, output, run } = parts;
  return {
    listed: {
      ...{ name, title, description },
      inputSchema: schemaOf(input, "input"),
      outputSchema: schemaOf(output, "output"),
      annotations: { title, ...READS },
    },
    call: async (args, asking) => {
      const read = input.safeParse(args ?? {});
      if (!read.success) throw new ArgumentError(problemsOf(read.error));
      return run(read.data, asking);
    },
  };
}
