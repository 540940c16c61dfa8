import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

type Handler = (request: Request, context: never) => Promise<Response>;
/** What a route's file exports, by method. */
export type RouteFile = Partial<Record<string, unknown>>;

function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, [value].flat().join(", "));
  const { method = "GET" } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" as const } : {};
  return new Request(`http://${incoming.headers.host}${incoming.url}`, { method, headers, signal, ...body });
}

/** The route of a path, with what its folder names in brackets. */
function find(routes: Record<string, RouteFile>, path: string) {
  for (const [pattern, file] of Object.entries(routes)) {
    const names = [...pattern.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
    const match = new RegExp(`^${pattern.replace(/\[\w+\]/g, "([^/]+)")}$`).exec(path);
    if (match)
      return {
        file,
        params: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? "")])),
      };
  }
  return null;
}

/** Serves route files over HTTP, for clients that need an address. */
export async function serveRoutes(
  routes: Record<string, RouteFile>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const found = find(routes, new URL(incoming.url ?? "/", "http://localhost").pathname);
    const handler = found?.file[incoming.method ?? "GET"] as Handler | undefined;
    if (!found || !handler) return outgoing.writeHead(404).end();
    const context = { params: Promise.resolve(found.params) } as never;
    // As in Next: aborted once the client is gone.
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const response = await handler(requestOf(incoming, gone.signal), context);
    if (outgoing.destroyed) return;
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (!response.body) return outgoing.end();
    // A client that goes away has the rest.
    await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
