import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const routes = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith("route.ts"),
);

test.each(routes)(
  "app/api/%s answers to every method, and to those that it has not in the API's form",
  async (name) => {
    const module = (await import(join(process.cwd(), "app/api", name))) as Record<
      string,
      (request: Request) => Promise<Response>
    >;
    for (const method of METHODS) expect(module[method], method).toBeInstanceOf(Function);
    // No route has PUT.
    const answer = await module.PUT?.(new Request("http://localhost/api/x", { method: "PUT" }));
    const allowed = (await module.OPTIONS?.(new Request("http://localhost/api/x", { method: "OPTIONS" })))?.headers.get(
      "allow",
    );
    if (name.startsWith("[[")) {
      expect(answer?.status).toBe(404);
      return;
    }
    expect(answer?.status).toBe(405);
    expect(await answer?.json()).toMatchObject({ error: { code: "method_not_allowed" } });
    expect(`${answer?.headers.get("allow")}, OPTIONS`).toBe(allowed);
  },
);
