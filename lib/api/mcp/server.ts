import "server-only";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { EXPLAIN_TOOLS } from "@/lib/api/mcp/explain";
import { FIGURE_TOOLS } from "@/lib/api/mcp/figures";
import { LIST_TOOLS } from "@/lib/api/mcp/lists";
import { OPEN_TOOLS } from "@/lib/api/mcp/open";
import { type Asking, UNTRUSTED } from "@/lib/api/mcp/told";
import { ArgumentError, type Tool } from "@/lib/api/mcp/tool";
import { AppError } from "@/lib/base/errors";
import { parseJson, readBody } from "@/lib/base/http/body";
import { log } from "@/lib/base/log";
import packageJson from "@/package.json";

/** Much more than any question: fifty filters with long values. */
const MAX_BODY_BYTES = 262_144;

const TOOLS: ReadonlyMap<string, Tool> = new Map(
  [...FIGURE_TOOLS, ...EXPLAIN_TOOLS, ...LIST_TOOLS, ...OPEN_TOOLS].map((tool) => [tool.listed.name, tool]),
);

const INSTRUCTIONS = `Footfall counts clicks on short links. Every tool reads; none changes anything. ${UNTRUSTED} Give people the address in \`footfall\` beside a figure, and say its range and time zone.`;

/** A message for who asks, which a model can act on. */
const failed = (text: string): CallToolResult => ({ content: [{ type: "text", text }], isError: true });

async function call(name: string, args: unknown, asking: Asking): Promise<CallToolResult> {
  const tool = TOOLS.get(name);
  if (!tool) {
    const hint = `Use one of ${[...TOOLS.keys()].join(", ")}.`;
    throw new McpError(ErrorCode.InvalidParams, `There is no such tool. ${hint}`);
  }
  try {
    const { summary, content } = await tool.call(args, asking);
    // Clients that know no structured content read the second text.
    const texts = [summary, JSON.stringify(content)];
    return { content: texts.map((text) => ({ type: "text", text })), structuredContent: { ...content } };
  } catch (error) {
    if (error instanceof AppError || error instanceof ArgumentError) return failed(error.message);
    log.error({ err: error, tool: name }, "mcp: tool failed");
    return failed("Something went wrong. See the server’s log for details.");
  }
}

function serverFor(asking: Asking): Server {
  const server = new Server(
    { name: "footfall", title: "Footfall", version: packageJson.version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...TOOLS.values()].map(({ listed }) => listed) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => call(params.name, params.arguments, asking));
  return server;
}

const refused = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status });

/** The one message of a request; or the answer to what is none. */
async function readMessage(request: Request): Promise<{ message: object } | { refusal: Response }> {
  let text: string;
  try {
    text = (await readBody(request, MAX_BODY_BYTES)).toString("utf8");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const status = error.code === "payload_too_large" ? 413 : 400;
    return { refusal: refused(status, ErrorCode.InvalidRequest, error.message) };
  }
  let message: unknown;
  try {
    message = parseJson(text);
  } catch {
    return { refusal: refused(400, ErrorCode.ParseError, "The body isn’t valid JSON.") };
  }
  // Each request counts against the key's limit, and a list of them would count once.
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return { refusal: refused(400, ErrorCode.InvalidRequest, "Send one JSON-RPC message in each request.") };
  return { message };
}

/**
 * Answers one message of the Model Context Protocol (streamable HTTP, without sessions), as JSON. What is wrong with the
 * message is said as the protocol does; what is wrong with a question, in the tool's result.
 */
export async function answerMcp(request: Request, asking: Asking): Promise<Response> {
  const read = await readMessage(request);
  if ("refusal" in read) return read.refusal;
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = serverFor(asking);
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody: read.message });
  } finally {
    await server.close();
  }
}
