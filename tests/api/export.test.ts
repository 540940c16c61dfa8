import { expect, test } from "vitest";
import { GET } from "@/app/api/export/[file]/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { click, insertClicks } from "../db/query/rows";

function get(file: string, query: string, headers: HeadersInit = {}): Promise<Response> {
  const request = new Request(`http://localhost/api/export/${file}?${query}`, { headers });
  return GET(request, { params: Promise.resolve({ file }) });
}

async function signIn(): Promise<{ cookie: string }> {
  const credentials = { email: "owner@example.com", password: "a password of the owner" };
  await createOwner(credentials);
  const { headers } = await auth().api.signInEmail({ body: credentials, returnHeaders: true });
  const cookies = headers.getSetCookie().map((cookie) => cookie.replace(/;.*/s, ""));
  return { cookie: cookies.join("; ") };
}

test.each(["countries.csv", "all.zip", "nonsense.csv"])("%s is for those who are signed in", async (file) => {
  const response = await get(file, "contry=US", { cookie: "footfall.session_token=forged.signature" });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: "unauthorized" } });
});

test("the query string is the page's own", async () => {
  const cookie = await signIn();
  await insertClicks([
    click({ country: "US", device: "Mobile" }),
    click({ country: "DE", device: "Mobile" }),
    click({ device: "Desktop" }),
  ]);
  const query = "interval=all&device=mobile&timezone=Europe/Berlin";
  const response = await get("countries.csv", query, cookie);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(
    "country,clicks,country_name,visitors,visitors_certainty\nDE,1,Germany,,unknown\nUS,1,United States,,unknown\n",
  );
});

test("what cannot be answered is said in words", async () => {
  const cookie = await signIn();
  const strict = await get("countries.csv", "start=4 hours ago", cookie);
  expect(strict.status).toBe(422);
  expect(await strict.json()).toEqual({
    error: {
      code: "unprocessable_entity",
      message: "start: Use a date such as 2026-08-01, or a time such as 2026-08-01T09:00:00Z.",
    },
  });
  const unknown = await get("contries.csv", "", cookie);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ error: { code: "not_found" } });
});
