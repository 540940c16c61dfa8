import type { ServerResponse } from "node:http";
import type { Middleware } from "./middleware";

/** Attribute of a script that is all that its page needs. */
export const WITHOUT_FRAMEWORK = "data-without-framework";

const SCRIPTS = /<script\b([^>]*)>[\s\S]*?<\/script>|<link\b[^>]*\bas="script"[^>]*>/g;

/** Takes the framework's scripts out of a page that has one of its own instead. */
export function withoutFramework(html: string): string {
  if (!html.includes(WITHOUT_FRAMEWORK)) return html;
  return html.replace(SCRIPTS, (whole, attributes?: string) => (attributes?.includes(WITHOUT_FRAMEWORK) ? whole : ""));
}

/** Collects what is written, and sends it changed. */
function rewrite(response: ServerResponse, change: (html: string) => string): void {
  const { write, end } = response;
  const parts: Buffer[] = [];
  const keep = (part: unknown) => {
    if (typeof part === "string" || part instanceof Uint8Array) parts.push(Buffer.from(part));
  };
  response.write = ((part: unknown) => {
    keep(part);
    return true;
  }) as typeof write;
  response.end = ((part: unknown) => {
    keep(part);
    Object.assign(response, { write, end });
    return response.end(change(Buffer.concat(parts).toString()));
  }) as typeof end;
}

/**
 * Forms before the sign-in work without React in the browser, which is a hundred times larger than they are: Next has no
 * way to leave it out of a page. A page that needs it, such as one that says an error, stays as it is.
 */
export function servePlainPages(paths: readonly string[]): Middleware {
  return (request, response) => {
    const [path = ""] = (request.url ?? "").split("?", 1);
    if (request.method !== "GET" || !paths.includes(path)) return false;
    // The router comes here when a session has ended. It asks for data; told of a page, it leaves to the browser, which
    // runs the page's script.
    delete request.headers.rsc;
    // Next would compress it.
    delete request.headers["accept-encoding"];
    rewrite(response, withoutFramework);
    return false;
  };
}
