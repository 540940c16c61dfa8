import { expect } from "@playwright/test";
import { OWNER, serverUrl } from "../setup/e2e";
import { test } from "../setup/installation";

test.use({
  settings: { SIGN_IN_HEADER: "X-Auth-Email", SIGN_IN_PROXIES: "loopback", SIGN_IN_ROLE: "viewer" },
});

test("whom a proxy has signed in needs no other sign-in, and nobody names themselves", async ({ browser }) => {
  const opened = async (headers: Record<string, string>) => {
    const context = await browser.newContext({ baseURL: serverUrl(), extraHTTPHeaders: headers });
    return context.newPage();
  };
  const owner = await opened({ "X-Auth-Email": OWNER.email });
  await owner.goto("/settings/people");
  await expect(owner.getByRole("heading", { name: OWNER.email, level: 3 })).toBeVisible();
  const client = await opened({ "X-Auth-Email": "client@example.com" });
  await client.goto("/links");
  await expect(client.getByRole("heading", { name: "Links", level: 1 })).toBeVisible();
  expect((await client.goto("/settings/people"))?.status()).toBe(404);
  await owner.reload();
  await expect(owner.getByRole("heading", { name: "client@example.com", level: 3 })).toBeVisible();
  const forger = await opened({ "X-Footfall-Email": OWNER.email });
  await forger.goto("/settings");
  await expect(forger).toHaveURL(/\/login/);
  const stranger = await opened({ "X-Auth-Email": "not an address" });
  await stranger.goto("/login");
  await expect(stranger.getByText("You came as not an address, who has no account here.")).toBeVisible();
});
