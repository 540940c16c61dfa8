import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as dubAnalytics from "@/app/api/analytics/route";
import * as dubEvents from "@/app/api/events/route";
import * as analytics from "@/app/api/v1/analytics/route";
import * as clicks from "@/app/api/v1/clicks/route";
import * as events from "@/app/api/v1/events/route";
import * as links from "@/app/api/v1/links/route";
import * as values from "@/app/api/v1/values/[field]/route";
import * as why from "@/app/api/v1/why/route";
import { OPERATIONS } from "@/lib/api/openapi/operations";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { serveRoutes } from "../setup/routes-server";
import { madeKey } from "./access-helpers";

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
  const server = await serveRoutes({
    "/api/v1/analytics": analytics,
    "/api/v1/clicks": clicks,
    "/api/v1/events": events,
    "/api/v1/links": links,
    "/api/v1/values/[field]": values,
    "/api/v1/why": why,
    "/api/analytics": dubAnalytics,
    "/api/events": dubEvents,
  });
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
