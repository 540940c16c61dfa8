import { type Browser, expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { expectAccessible } from "../setup/axe";
import { deliver, OWNER, serverUrl, signIn } from "../setup/e2e";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const PASSWORD = "a password of my own";
const CLIENT = "client@example.com";

const person = (page: Page, email: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: email, level: 3 }) });

async function elsewhere(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: serverUrl(), timezoneId: "UTC" });
  return context.newPage();
}

/** The link that is shown once. */
async function madeLink(page: Page): Promise<string> {
  const shown = page.getByRole("alert").filter({ hasText: "Copy it now" });
  const link = (await shown.getByText(/\?token=/).textContent()) ?? "";
  await shown.getByRole("button", { name: "I’ve copied it" }).click();
  return link;
}

async function choosePassword(page: Page, password: string, button: string): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Confirm password").fill(password);
  await page.getByRole("button", { name: button }).click();
}

test("an owner invites a client who sees one link, changes what they may, and removes them", async ({
  page,
  browser,
}) => {
  for (const [id, key] of [
    ["link_own", "own"],
    ["link_other", "other"],
    ["link_other", "other"],
  ] as const) {
    const link = { id, domain: "go.example.com", key, shortLink: `https://go.example.com/${key}` };
    expect(
      (await deliver(clickPayload({ id: `${id} ${Math.random()}`, click: { id: String(Math.random()) }, link })))
        .status,
    ).toBe(202);
  }
  await signIn(page);
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "People" }).click();
  await expect(person(page, OWNER.email).getByText("You")).toBeVisible();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Email (optional)").fill(OWNER.email);
  await page.getByLabel("May download exports").uncheck();
  await page.getByLabel("Limit to some links").check();
  await page.getByLabel("Links", { exact: true }).fill("go.example.com/own");
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByText("There is an account with this address.")).toBeVisible();
  await expectSound(page);
  await page.getByLabel("Email (optional)").fill(CLIENT);
  await page.getByRole("button", { name: "Make link" }).click();
  const invitation = await madeLink(page);
  await expect(person(page, CLIENT).getByText("Invited")).toBeVisible();
  await expect(person(page, CLIENT).getByText(/Limited to link go\.example\.com\/own\. No exports\./)).toBeVisible();
  await expectSound(page);

  const client = await elsewhere(browser);
  await client.goto(invitation);
  await expectAccessible(client);
  await expect(client.getByLabel("Email")).toHaveValue(CLIENT);
  await client.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await client.getByLabel("Confirm password").fill("another one");
  await client.getByRole("button", { name: "Create account" }).click();
  await expect(client.getByText("The passwords don’t match.")).toBeVisible();
  await choosePassword(client, PASSWORD, "Create account");
  await expect(client.getByRole("link", { name: "Overview" }).first()).toBeVisible();
  await client.goto("/?interval=all&bots=include");
  await expect(client.getByText("1 click", { exact: true }).first()).toBeVisible();
  await expect(client.getByText("go.example.com/own").first()).toBeVisible();
  await expect(client.getByText("go.example.com/other")).toHaveCount(0);
  await expect(client.getByRole("link", { name: "Deliveries" })).toHaveCount(0);
  await expect(client.getByRole("button", { name: "Export", exact: true })).toHaveCount(0);
  await expect(client.getByRole("link", { name: /Download CSV/ })).toHaveCount(0);
  await expect(client.getByRole("button", { name: "Add note to the chart" })).toHaveCount(0);
  await expectSound(client);
  for (const path of ["/deliveries", "/health", "/settings/people", "/settings/keys", "/settings/audit"]) {
    await client.goto(path);
    await expect(client.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  await client.goto("/links/link_other?interval=all");
  await expect(client.getByText("go.example.com/other")).toHaveCount(0);
  await client.goto("/settings");
  await expect(client.getByRole("heading", { name: "Preferences" })).toBeVisible();
  await expect(client.getByRole("heading", { name: "Webhook secrets" })).toHaveCount(0);
  await expectSound(client);

  const again = await elsewhere(browser);
  await again.goto(invitation);
  await expect(again.getByText(/This link is no longer valid/)).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: `Change ${CLIENT}` }).click();
  await page.getByLabel("Role").selectOption("Member");
  await page.getByLabel("Limit to some links").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(person(page, CLIENT).getByText("Member")).toBeVisible();
  await client.goto("/?interval=all&bots=include");
  await expect(client.getByText("3 clicks", { exact: true }).first()).toBeVisible();
  await expect(client.getByRole("link", { name: "Deliveries" })).toBeVisible();

  await page.getByRole("button", { name: `Password link for ${CLIENT}` }).click();
  await person(page, CLIENT).getByRole("button", { name: "Password link", exact: true }).click();
  const passwordLink = await madeLink(page);
  await again.goto(passwordLink);
  await expectAccessible(again);
  await choosePassword(again, `${PASSWORD} again`, "Set password");
  await expect(again).toHaveURL(/\/login/);
  await client.reload();
  await expect(client).toHaveURL(/\/login/);
  await again.getByLabel("Email").fill(CLIENT);
  await again.getByLabel("Password").fill(`${PASSWORD} again`);
  await again.getByRole("button", { name: "Sign in" }).click();
  await expect(again).not.toHaveURL(/\/login/);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.reload();
  await expectSound(page);
  await page.getByRole("button", { name: `Remove ${CLIENT}` }).click();
  await person(page, CLIENT).getByRole("button", { name: "Remove", exact: true }).click();
  await expect(person(page, CLIENT)).toHaveCount(0);
  await again.reload();
  await expect(again).toHaveURL(/\/login/);
  await page.goto("/settings/audit");
  await expect(page.getByText(`Removed somebody · ${CLIENT} · ${OWNER.email}`)).toBeVisible();
});

test("somebody sees where they are signed in, and ends another session", async ({ page, browser }) => {
  await signIn(page);
  const other = await elsewhere(browser);
  await other.goto("/login");
  await other.getByLabel("Email").fill(OWNER.email);
  await other.getByLabel("Password").fill(OWNER.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).not.toHaveURL(/\/login/);
  await page.goto("/settings");
  const sessions = page.getByRole("list", { name: "Sessions" });
  await expect(sessions.getByText("This one")).toHaveCount(1);
  await sessions
    .getByRole("button", { name: /^End the session/ })
    .first()
    .click();
  await sessions.getByRole("button", { name: "End", exact: true }).click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await other.goto("/links");
  await expect(other).toHaveURL(/\/login/);
});
