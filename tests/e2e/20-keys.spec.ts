import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, type Page } from "@playwright/test";
import { Dub } from "dub";
import { serverUrl, signIn } from "../setup/e2e";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const HOSTILE = `<img src=x onerror="document.title='run'">`;

const statusWith = async (key: string, path = "/api/v1/analytics?groupBy=count&interval=all") =>
  (await fetch(`${serverUrl()}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;

/** What an assistant with a key is told, of the server as it is built. */
async function overviewWith(key: string): Promise<unknown> {
  const client = new Client({ name: "assistant", version: "1.0.0" });
  const headers = { authorization: `Bearer ${key}` };
  const transport = new StreamableHTTPClientTransport(new URL(`${serverUrl()}/mcp`), { requestInit: { headers } });
  // Its types weren't made for exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<Client["connect"]>[0]);
  await client.listTools();
  const { structuredContent } = await client.callTool({ name: "overview", arguments: { interval: "all" } });
  await client.close();
  return structuredContent;
}

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, level: 3 }) });

test("a key is made, used, limited and revoked, and the audit log tells it", async ({ page }) => {
  await signIn(page);
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "API keys" }).click();
  await expect(page.getByText("No API keys yet.")).toBeVisible();
  await expectSound(page);

  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByText("Enter a name")).toBeVisible();
  await page.getByLabel("Name").fill(HOSTILE);
  await page.getByLabel("Download exports").uncheck();
  await page.getByLabel("Expires").selectOption("In 90 days");
  await page.getByLabel("Limit to some links").check();
  await page.getByLabel("Links", { exact: true }).fill("go.example.com/nowhere");
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByText("There is no link go.example.com/nowhere.")).toBeVisible();
  await expectSound(page);
  await page.getByLabel("Limit to some links").uncheck();
  await page.getByRole("button", { name: "Make key" }).click();

  const shown = page.getByRole("alert").filter({ hasText: "Copy it now" });
  const key = (await shown.getByText(/^footfall_/).textContent()) ?? "";
  expect(await statusWith(key)).toBe(200);
  expect(await statusWith(key, "/api/export/countries.csv")).toBe(403);
  const dub = new Dub({ token: key, serverURL: `${serverUrl()}/api` });
  const count = await (
    await fetch(`${serverUrl()}/api/v1/analytics?interval=all`, { headers: { authorization: `Bearer ${key}` } })
  ).json();
  expect(await dub.analytics.retrieve({ interval: "all" })).toMatchObject({ clicks: count.clicks });
  expect(await dub.events.list({ interval: "all", limit: 5 })).toHaveLength(Math.min(5, count.clicks));
  expect(await overviewWith(key)).toMatchObject({ clicks: expect.any(Number), range: { words: "All time" } });
  await shown.getByRole("button", { name: "I’ve copied it" }).click();
  await page.reload();
  expect(await page.content()).not.toContain(key);
  await expect(row(page, HOSTILE).getByText(/Last used .*\./)).toBeVisible();
  await expect(row(page, HOSTILE).getByText(/All links\. .* Expires /)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectSound(page);

  await page.getByRole("button", { name: `Revoke ${HOSTILE}` }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(await statusWith(key)).toBe(200);
  await page.getByRole("button", { name: `Revoke ${HOSTILE}` }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(row(page, HOSTILE).getByText("Revoked", { exact: true })).toBeVisible();
  expect(await statusWith(key)).toBe(401);

  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Audit log" }).click();
  const log = page.getByRole("table", { name: "Audit log, latest first" });
  await expect(log.getByText(/Revoked an API key/).first()).toBeVisible();
  await expectSound(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(log.getByRole("row")).toHaveCount(4);
  await page.getByLabel("Action").selectOption("Created an API key");
  await expect(log.getByRole("row")).toHaveCount(2);
  await expect(log.getByText(HOSTILE, { exact: true })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^footfall-audit-\d{4}-\d\d-\d\d\.csv$/);
  await page.getByRole("searchbox", { name: "Search by name or address" }).fill("nobody at all");
  await page.getByRole("searchbox", { name: "Search by name or address" }).press("Enter");
  await expect(page.getByText("Nothing matches in this range.")).toBeVisible();
  await expectSound(page);
  await expect(page).not.toHaveTitle("run");
});

test("the API's reference is for everybody, and can be read on a phone and in the dark", async ({ page }) => {
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { name: "API reference", level: 1 })).toBeVisible();
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "List clicks" }).click();
  await expect(page.getByRole("heading", { name: "List clicks" })).toBeInViewport();
  await expect(page.getByText(`${serverUrl()}/api/v1/events?interval=7d`)).toBeVisible();
  await expectSound(page);
  await page.getByText("Shape of the answer: Events").click();
  await expect(page.getByText('"older"').first()).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectSound(page);
  const response = await page.request.get("/api/openapi.json");
  expect(await response.json()).toMatchObject({ openapi: "3.1.0" });
});
