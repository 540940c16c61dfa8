import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { expectAccessible } from "../setup/axe";
import { deliver, OWNER, SECRET, serverUrl, signIn } from "../setup/e2e";
import { test } from "../setup/installation";

test("without a session every page leads to the sign-in, and from there back", async ({ page }) => {
  await page.goto("/links?interval=7d");
  await expect(page).toHaveURL(/\/login\?next=/);
  await expectAccessible(page);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/links\?interval=7d/);
  await expect(page.getByText("No links yet.")).toBeVisible();
});

test("the sign-in works without scripts", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: serverUrl(), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/login?next=%2Flinks");
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/links/);
  await context.close();
});

test("after the sign-in nobody is led to another site", async ({ page }) => {
  await page.goto("/login?next=//example.org/steal");
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Waiting for the first click" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(serverUrl());
});

test("before the first click the page says how to connect Dub, and notices what arrives", async ({ page }) => {
  await signIn(page);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Waiting for the first click" })).toBeVisible();
  await expect(page.getByText(`${serverUrl()}/api/webhooks/dub`)).toBeVisible();
  await expect(page.getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText("Nothing received yet.")).toBeVisible();
  await expect(page.getByText(/Dub can’t reach this address/)).toBeVisible();
  await expectAccessible(page);

  const refused = { method: "POST", headers: { "Dub-Signature": "0".repeat(64) }, body: "{}" };
  expect((await fetch(`${serverUrl()}/api/webhooks/dub`, refused)).status).toBe(401);
  await expect(page.getByText(/A delivery was rejected just now. It was signed with a different secret/)).toBeVisible();
  await page.goto("/health");
  await expect(page.getByText("Not connected yet.")).toBeVisible();
  await page.goto("/");

  const sample = JSON.parse(readFileSync("tests/fixtures/dub-test-event.json", "utf8"));
  expect((await deliver(sample)).status).toBe(202);
  await expect(page.getByText(/Test event received .*The connection works/)).toBeVisible({ timeout: 15_000 });
  await page.goto("/deliveries");
  const listed = page.getByRole("table", { name: "Deliveries, newest first" });
  await expect(listed.getByRole("row").filter({ hasText: "Test" })).toHaveCount(1);
});

test("the secrets are in no page", async ({ page }) => {
  await signIn(page);
  await page.goto("/");
  expect(await page.content()).not.toContain(SECRET);
});

test("signing out ends the session, also for the address of a download", async ({ page }) => {
  await signIn(page);
  await page.goto("/");
  expect((await page.request.get("/api/export/countries.csv")).status()).toBe(200);
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.context().addCookies(cookies);
  expect((await page.request.get("/api/export/countries.csv")).status()).toBe(401);
});

test("the set-up page is closed once there is an owner", async ({ page }) => {
  await page.goto("/setup?token=guess");
  await expect(page).toHaveURL(/\/login/);
});

test("scripts run by their nonce alone", async ({ page }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  for (const path of ["/login", "/", "/links", "/deliveries"]) {
    if (path === "/") await signIn(page);
    const response = await page.goto(path);
    expect(response?.headers()["content-security-policy"]).toMatch(
      /script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/,
    );
    await page.waitForLoadState("networkidle");
  }
  expect(refused).toEqual([]);
  const ran = await page.evaluate(() => {
    document.body.innerHTML += "<img src=x onerror='window.injected = true'>";
    return new Promise((resolve) => setTimeout(() => resolve("injected" in window), 300));
  });
  expect(ran).toBe(false);
});
