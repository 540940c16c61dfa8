import { expect } from "@playwright/test";
import { OWNER, serverUrl, sql } from "./e2e";

/** What specs make that share a server; the account, its settings and what the server writes about itself stay. */
const CONTENT = [
  ...["click", "link", "destination", "folder", "delivery"],
  ...["saved_view", "pinned_view", "note", "api_key", "audit"],
];

let isUsed = false;

/** Who answers now. A question makes the mirror look; until it has what the database has, Postgres answers. */
async function answering(cookie: string): Promise<string> {
  const why = await fetch(`${serverUrl()}/api/why?groupBy=count&interval=all`, { headers: { cookie } });
  return await why.text();
}

/** Before the first test of a spec: its server has no click, as if nobody had used it yet. */
export async function emptied(): Promise<void> {
  if (!isUsed) {
    isUsed = true;
    return;
  }
  // Another generation, as after a deletion: nothing that was answered before is answered again.
  await sql(`truncate ${CONTENT} restart identity cascade; update dataset set generation = generation + 1`);
  const signedIn = await fetch(`${serverUrl()}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: serverUrl() },
    body: JSON.stringify(OWNER),
  });
  const cookie = signedIn.headers.getSetCookie().map((text) => text.replace(/;.*/s, ""));
  await expect.poll(() => answering(cookie.join("; ")), { timeout: 60_000 }).toContain("The mirror of Postgres");
}
