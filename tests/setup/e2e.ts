import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cookie, expect, type Page } from "@playwright/test";
import { Client } from "pg";

export const OWNER = { email: "owner@example.com", password: "correct-horse-battery" };
export const SECRET = "whsec_6f9f3a63705c44206ca655813bf91b61";

/** The installation that this worker started. */
export const under = { test: { url: "", directory: "" } };

/** Address of the server under test, without a trailing slash. */
export const serverUrl = (): string => under.test.url;

let known: Cookie[] = [];

/** Signs the owner in: without the form, which specs of its own are about, and once, since attempts are limited. */
export async function signIn(page: Page): Promise<void> {
  await page.context().addCookies(known);
  if ((await page.request.get(`${serverUrl()}/api/views`)).ok()) return;
  const headers = { Origin: serverUrl() };
  const answer = await page.request.post(`${serverUrl()}/api/auth/sign-in/email`, { data: OWNER, headers });
  expect(answer.status()).toBe(200);
  known = (await page.context().cookies()).filter(({ name }) => name.includes("session"));
}

async function connected(): Promise<Client> {
  const client = new Client({
    connectionString: readFileSync(join(under.test.directory, "postgres.url"), "utf8"),
  });
  await client.connect();
  return client;
}

/** Asks the server's own database: for what no page can bring about. */
export async function sql(text: string, values: unknown[] = []): Promise<void> {
  const client = await connected();
  await client.query(text, values);
  await client.end();
}

/** Locks a table, so that who needs it waits. @returns what lets them go on */
export async function lock(table: string): Promise<() => Promise<void>> {
  const client = await connected();
  await client.query(`begin; lock table ${table}`);
  return () => client.end();
}

/** Keeps back what the page asks for at these addresses. @returns what lets it through */
export async function holdBack(page: Page, addresses: string | RegExp): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(addresses, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Posts one signed delivery to the webhook route, as Dub does. */
export async function deliver(payload: unknown): Promise<Response> {
  const body = JSON.stringify(payload);
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  return await fetch(`${serverUrl()}/api/webhooks/dub`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Dub-Signature": signature },
    body,
  });
}

/** Opens a page and waits until it listens to keys. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
}
