import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { clickPayload } from "../factory";
import { deliver, signIn, visit } from "../setup/e2e";
import { test } from "../setup/installation";
import { expectSound } from "../setup/looks";

const IP = "198.51.100.9";
const OTHER = "192.0.2.77";
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const send = async (id: string, ip: string, hours: number) => {
  const click = clickPayload({ id: `evt_${id}`, click: { id, ip, timestamp: hoursAgo(hours) } });
  expect((await deliver(click)).status).toBe(202);
};

const found = (page: Page) => page.getByText(/^(Found|Deleted) /);

async function find(page: Page, kind: string, value: string): Promise<void> {
  await page.getByRole("radio", { name: kind }).check();
  await page.getByRole("textbox", { name: kind, exact: true }).fill(value);
  await page.getByRole("button", { name: "Find" }).click();
}

test("addresses, visitors and how long clicks are kept are chosen, each with what it takes said before", async ({
  page,
}) => {
  await signIn(page);
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Privacy" }).click();
  // A new installation.
  await expect(page.getByLabel("IP addresses")).toHaveValue("truncated");
  await expectSound(page);

  await page.getByLabel("IP addresses").selectOption("Store them in full");
  await page.getByRole("button", { name: "Save what is stored" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await send("recent", IP, 1);
  await send("neighbour", "198.51.100.10", 2);
  await send("old", "203.0.113.80", 24 * 60);

  await page.getByLabel("IP addresses").selectOption("Truncate them");
  await page.getByRole("button", { name: "Save what is stored" }).click();
  await expect(page.getByText("Truncate the IP addresses of 3 clicks and 0 stored deliveries?")).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(page.getByLabel("IP addresses")).toHaveValue("full");
  await page.getByLabel("IP addresses").selectOption("Truncate them");
  await page.getByLabel("Recognise visitors").selectOption("Within a month");
  await page.getByRole("button", { name: "Save what is stored" }).click();
  await page.getByRole("button", { name: "Save and truncate" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByText(/Stored addresses are being changed/).count();
    })
    .toBe(0);
  await expect(page.getByLabel("Recognise visitors")).toHaveValue("monthly");

  await page.getByLabel("Days to keep clicks").fill("none");
  await page.getByRole("button", { name: "Save how long" }).click();
  await expect(page.getByText("Use a whole number of days from 1 to 100,000, or leave it empty.")).toBeVisible();
  await page.getByLabel("Days to keep clicks").fill("30");
  await page.getByRole("button", { name: "Save how long" }).click();
  await expect(page.getByText("Delete 1 click and 0 stored deliveries now? This can’t be undone.")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectSound(page);
  await page.getByRole("button", { name: "Save and delete" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("/settings/audit");
  const log = page.getByRole("table", { name: "Audit log, latest first" });
  await expect(log.getByText(/Changed privacy settings/).first()).toBeVisible();
});

test("a visitor is found by an address that isn't stored any more, downloaded, and deleted from the panel of a click", async ({
  page,
}) => {
  await signIn(page);
  await send("mine", OTHER, 0);
  await visit(page, "/settings/privacy");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("Enter an IP address such as")).toBeVisible();
  await find(page, "IP address", OTHER);
  await expect(found(page)).toHaveText("Found 1 click and 0 stored deliveries.");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("footfall-visitor.ndjson");
  const [line = ""] = readFileSync(await download.path(), "utf8").split("\n");
  expect(JSON.parse(line)).toMatchObject({ kind: "click", click: { click_id: "mine", ip: "192.0.2.0" } });

  await visit(page, "/events?interval=all");
  await page.getByRole("row").nth(1).getByRole("gridcell").first().click();
  const panel = page
    .getByRole("dialog")
    .or(page.getByRole("complementary"))
    .filter({ hasText: "Other clicks by this visitor" });
  await panel.getByRole("link", { name: "Download or delete this visitor" }).click();
  await expect(page.getByRole("textbox", { name: "Visitor", exact: true })).toHaveValue(/^[\w-]{22}$/);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(found(page)).toHaveText("Found 1 click and 0 stored deliveries.");
  await page.getByRole("button", { name: "Delete what was found of this visitor" }).click();
  await expect(page.getByText("Delete 1 click and 0 stored deliveries of this visitor?")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Delete what was found of this visitor" }).click();
  await expectSound(page);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(found(page)).toHaveText("Deleted 1 click and 0 stored deliveries.");
  await find(page, "IP address", OTHER);
  await expect(page.getByText("Nothing is stored that can be told to be about this.")).toBeVisible();
  await find(page, "Link", "go.example/nowhere");
  await expect(page.getByText("There is no link go.example/nowhere.")).toBeVisible();

  await page.goto("/settings/audit");
  const log = page.getByRole("table", { name: "Audit log, latest first" });
  for (const said of ["Deleted clicks", "Exported what is stored about a visitor"])
    await expect(log.getByText(said, { exact: true }).first()).toBeVisible();
  await expect(log).not.toContainText(OTHER);
});
