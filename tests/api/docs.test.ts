import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OPERATIONS } from "@/lib/api/openapi/operations";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { serveRoutes } from "../setup/routes-server";
import { madeKey } from "./access-helpers";
import { API_ROUTES } from "./api-routes";

type Example = { path: string; body: string | undefined };

/** The requests of a page's examples with curl. */
function examplesOf(page: string): Example[] {
  const text = readFileSync(page, "utf8");
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  const commands = blocks.flatMap((block) => block.split(/^(?=curl )/m));
  return commands.map((command) => ({
    path: /"\$HOST([^"]+)"/.exec(command)?.[1] ?? "",
    body: /-d '([\s\S]*)'/.exec(command)?.[1],
  }));
}

test("every example of the documents is answered", async () => {
  await insertLinks([{ id: "a", shortLink: "https://go.example/a" }]);
  await insertClicks([click({ clickedAt: new Date(), country: "DE", referer: "news.example" }), click()]);
  const server = await serveRoutes(API_ROUTES);
  const { authorization } = await madeKey({ name: "Reader" });
  const inReference = OPERATIONS.filter(({ tag, method }) => tag !== "Exports" && method === "get").map(
    ({ path, example }) => ({ path: `${path.replace("{field}", "country")}?${example}`, body: undefined }),
  );
  const examples = [...examplesOf("docs/api.md"), ...inReference];
  expect(examples.length).toBeGreaterThan(20);
  for (const { path, body } of examples) {
    const post = body === undefined ? {} : { method: "POST", body };
    const headers = { authorization, ...(body && { "content-type": "application/json" }) };
    const response = await fetch(`${server.url}${path}`, { headers, ...post });
    const answer = await response.text();
    expect(response.status, `${path}: ${answer}`).toBe(200);
    if (body) expect(answer).not.toContain('"status":422');
  }
  await server.close();
});
