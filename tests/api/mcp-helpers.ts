import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { onTestFinished } from "vitest";
import * as route from "@/app/mcp/route";

const METHODS: Readonly<Record<string, (request: Request, context: object) => Promise<Response>>> = route;

/** Serves the route /mcp over HTTP until the test ends. `added`: headers for requests that lack them. */
export async function serveMcp(added: Record<string, string> = {}): Promise<URL> {
  const server = createServer((incoming, outgoing) => {
    const { method = "GET" } = incoming;
    const given = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method,
      headers: { ...added, ...Object.fromEntries(given) },
      ...(method === "POST" && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
    });
    void (async () => {
      const answer = await METHODS[method]?.(request, {});
      outgoing.writeHead(answer?.status ?? 501, Object.fromEntries(answer?.headers ?? []));
      outgoing.end(answer && Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  onTestFinished(() => void server.close());
  return new URL(`http://localhost:${(server.address() as AddressInfo).port}/mcp`);
}

/** The protocol's official client, with a key. It checks every answer against the tool's schema. */
export async function connected(url: URL, authorization: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" });
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization } } });
  // Its types weren't made for exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<Client["connect"]>[0]);
  await client.listTools();
  onTestFinished(() => client.close());
  return client;
}

/** What every answer about clicks has beside its figures. */
type Frame = { footfall: string; range: { start: string | null; end: string | null } };

/** What a tool answers; `Answer` is what a test reads of it. @throws Error with the text of a refusal */
export async function told<Answer = object>(client: Client, name: string, args: object = {}): Promise<Answer & Frame> {
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: { ...args } });
  const [first] = content as { text: string }[];
  if (isError) throw new Error(first?.text);
  return structuredContent as Answer & Frame;
}
