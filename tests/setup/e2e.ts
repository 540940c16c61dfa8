import { createHmac } from "node:crypto";
import { type Cookie, expect, type Page } from "@playwright/test";

export const OWNER = { email: "owner@example.com", password: "correct-horse-battery" };
export const SECRET = "whsec_6f9f3a63705c44206ca655813bf91b61";

/** Address of the server under test, without a trailing slash. */
export const serverUrl = (): string => `http://localhost:${process.env.E2E_PORT}`;

let known: Cookie[] = [];

/** Signs the owner in: through the form at first, later with the session of then, since attempts are limited. */
export async function signIn(page: Page): Promise<void> {
  await page.context().addCookies(known);
  await page.goto("/login");
  // The entrance leads on whoever has a session; one that was ended leads back to it.
  if (!new URL(page.url()).pathname.startsWith("/login")) return;
  await page.getByLabel(/e-?mail/i).fill(OWNER.email);
  await page.getByLabel(/password/i).fill(OWNER.password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await expect(page).not.toHaveURL(/\/login/);
  known = (await page.context().cookies()).filter(({ name }) => name.includes("session"));
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
