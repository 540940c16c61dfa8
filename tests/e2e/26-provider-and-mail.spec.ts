import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../setup/axe";
import { OWNER, serverUrl, signIn } from "../setup/e2e";
import { freePort } from "../setup/footfall";
import { test as base } from "../setup/installation";
import { expectSound } from "../setup/looks";
import { type Mail, startMailbox } from "../setup/mailbox";
import { CLIENT, type Known, startProvider } from "../setup/oidc";

const known: Known = {
  anna: { email: "Anna@Example.com", groups: ["sales", "footfall-member"] },
  ben: { groups: ["sales"] },
  carl: { email: OWNER.email, email_verified: false, groups: ["footfall-admin"] },
};

const test = base.extend<object, { settings: Record<string, string>; mails: Mail[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: as below
  mails: [async ({}, use) => use([]), { scope: "worker" }],
  settings: [
    async ({ mails }, use) => {
      const mailbox = await startMailbox(mails);
      const PORT = String(await freePort());
      const PUBLIC_URL = `http://localhost:${PORT}`;
      const { issuer, stop } = await startProvider(`${PUBLIC_URL}/api/auth/callback/oidc`, known);
      await use({
        ...{ PORT, PUBLIC_URL, OIDC_ISSUER: issuer, OIDC_NAME: "Example ID", OIDC_ROLE_CLAIM: "groups" },
        ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
        ...{ SMTP_URL: mailbox.url, MAIL_FROM: "no-reply@example.com" },
      });
      stop();
      await mailbox.stop();
    },
    { scope: "worker" },
  ],
});

/** Signs in at the provider, on its own pages, and agrees. */
async function signInThere(page: Page, name: string, button = "Continue with Example ID"): Promise<void> {
  await page.getByRole("link", { name: button }).click();
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("somebody signs in with the provider, which decides what they may do", async ({ browser }) => {
  const opened = async () => (await browser.newContext({ baseURL: serverUrl() })).newPage();
  const page = await opened();
  await page.goto("/links?tab=domain");
  await expect(page).toHaveURL(/\/login\?next=/);
  await expectAccessible(page);
  await signInThere(page, "anna");
  await expect(page).toHaveURL(/\/links\?tab=domain/);
  await expect(page.getByRole("heading", { name: "Links", level: 1 })).toBeVisible();
  expect((await page.goto("/settings/people"))?.status()).toBe(404);
  await page.goto("/settings");
  await expect(page.getByText("anna@example.com", { exact: true })).toBeVisible();
  await expect(page.getByText("You sign in with Example ID")).toBeVisible();
  await expect(page.getByRole("button", { name: "Change password" })).toHaveCount(0);
  await expectAccessible(page);

  known.anna = { ...known.anna, groups: ["footfall-admin"], email: "anna.new@example.com" };
  await page.getByRole("button", { name: "Sign out of Footfall" }).click();
  await page.getByRole("link", { name: "Continue with Example ID" }).click();
  await page.getByRole("link", { name: "Settings", exact: true }).first().click();
  await page.goto("/settings/people");
  await expect(page.getByRole("heading", { name: "anna@example.com", level: 3 })).toBeVisible();
  await expect(page.getByText(/No password\./)).toHaveCount(1);

  const without = await opened();
  await without.goto("/login");
  await signInThere(without, "ben");
  await expect(without.getByText(/^You have no role for Footfall at Example ID/)).toBeVisible();
  const impostor = await opened();
  await impostor.goto("/login");
  await signInThere(impostor, "carl");
  await expect(impostor.getByText(/^Your email address isn’t verified at Example ID/)).toBeVisible();
  await impostor.goto("/settings");
  await expect(impostor).toHaveURL(/\/login/);
  await page.goto("/settings/audit");
  await expect(page.getByRole("row", { name: /Failed to sign in.*owner@example.com/ })).toBeVisible();
});

test("an owner connects the account to the provider, comes that way, and disconnects it", async ({ page, browser }) => {
  known.boss = { email: OWNER.email };
  await signIn(page);
  await page.goto("/settings");
  const card = page.getByRole("region", { name: "Sign-in provider" });
  await expect(card.getByText("Not connected")).toBeVisible();
  await expectSound(page);
  await signInThere(page, "boss", "Connect");
  await expect(page).toHaveURL(/\/settings.*#sign-in-provider$/);
  await expect(card.getByRole("button")).toBeInViewport();
  await expect(card.getByText("Connected", { exact: true })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectSound(page);

  const other = await (await browser.newContext({ baseURL: serverUrl() })).newPage();
  const enter = async () => {
    await other.context().clearCookies();
    await other.goto("/login?next=/settings/people");
    await signInThere(other, "boss");
  };
  await enter();
  await expect(other.getByRole("heading", { name: OWNER.email, level: 3 })).toBeVisible();
  await card.getByRole("button", { name: "Disconnect Example ID" }).click();
  await card.getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(card.getByText("Not connected")).toBeVisible();
  await enter();
  await expect(other.getByText(/^There is an account with your address and a password/)).toBeVisible();
});

test("an invitation and a forgotten password come by email", async ({ page, browser, mails }) => {
  await signIn(page);
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Email (optional)").fill("dora@example.com");
  await expect(page.getByText("The link is sent there.")).toBeVisible();
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByText(/^Sent by email\./)).toBeVisible();
  await expectSound(page);

  const dora = await (await browser.newContext({ baseURL: serverUrl() })).newPage();
  const opened = (text: string | undefined) => dora.goto(/^http.+$/m.exec(text ?? "")?.[0] ?? "no link");
  const choose = async (password: string, button: string) => {
    await dora.getByLabel("Password", { exact: true }).fill(password);
    await dora.getByLabel("Confirm password").fill(password);
    await dora.getByRole("button", { name: button }).click();
  };
  await opened(mails[0]?.text);
  await expect(dora.getByLabel("Email")).toHaveValue("dora@example.com");
  await choose("the first password", "Create account");
  await expect(dora.getByRole("link", { name: "Overview" }).first()).toBeVisible();

  await dora.context().clearCookies();
  await dora.goto("/login");
  await expectAccessible(dora);
  await dora.getByRole("link", { name: "Forgot your password?" }).click();
  await expectAccessible(dora);
  await dora.getByLabel("Email").fill("dora@example.com");
  await dora.getByRole("button", { name: "Send a link" }).click();
  await expect(dora.getByText(/^If there is an account with this address/)).toBeVisible();
  await expect.poll(() => mails.length).toBe(2);
  await opened(mails[1]?.text);
  await choose("the second password", "Set password");
  await expect(dora).toHaveURL(/\/login/);
  await dora.getByLabel("Email").fill("dora@example.com");
  await dora.getByLabel("Password").fill("the second password");
  await dora.getByRole("button", { name: "Sign in" }).click();
  await expect(dora.getByRole("link", { name: "Overview" }).first()).toBeVisible();
});
