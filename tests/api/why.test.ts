import { beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/why/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { cookieOf, OWNER } from "./access-helpers";

let cookie = "";

beforeEach(async () => {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  cookie = cookieOf(headers.getSetCookie());
  await insertLinks([{ id: "a", shortLink: "https://go.example/autumn" }]);
  await insertClicks([
    click({ country: "DE", receivedAt: new Date() }),
    click({ country: "DE", bot: true }),
    click({ country: "US" }),
    click({}),
  ]);
});

const get = (query: string, headers: HeadersInit = { cookie }) =>
  GET(new Request(`http://localhost/api/why?${query}`, { headers }), {});

async function facts(query: string): Promise<Record<string, string>> {
  const response = await get(query);
  expect(response.status).toBe(200);
  const body = (await response.json()) as { facts: { name: string; text: string }[] };
  return Object.fromEntries(body.facts.map(({ name, text }) => [name, text]));
}

test("how a figure came about is only for those who are signed in", async () => {
  expect((await get("", {})).status).toBe(401);
});

test("filters, range, bots and the engine are said in words, with exact numbers", async () => {
  const query =
    "groupBy=countries&start=2026-08-01&end=2026-08-31&timezone=Europe/Berlin&bots=exclude&country=DE&linkId=a";
  const found = await facts(query);
  expect(found).toMatchObject({
    Range: "August 2026, in Europe/Berlin, UTC+1",
    Filters: "Country is Germany; and Link is go.example/autumn",
    Bots: "Excludes 1 click by a bot.",
  });
  expect(found["What it counts"]).toContain("“Unknown”");
  expect(found["Answered by"]).toMatch(/^Postgres answered in \d+ ms\. Of 4 stored clicks, 1 match\.$/);
  expect(found["How fresh"]).toContain("Includes every click stored until now");
  expect(found).not.toHaveProperty("Compared with");
});

test("alternatives and a comparison are said, too", async () => {
  const found = await facts("start=2026-08-01&end=2026-08-31&any.country=DE&any.os=iOS&compare=previous");
  expect(found.Filters).toBe("Country is Germany, or System is iOS");
  expect(found["Compared with"]).toBe("1 – 31 Jul 2026");
});

test("where weeks begin is said where they are buckets", async () => {
  const weeks = "groupBy=timeseries&interval=all&granularity=week";
  expect((await facts(weeks))["What it counts"]).toMatch(/weeks start on Monday\.$/);
  expect((await facts(`${weeks}&weekStart=sunday`))["What it counts"]).toMatch(/weeks start on Sunday\.$/);
});

test.each(["groupBy=nothing", "contry=DE", "weekStart=friday"])("%s is refused", async (query) => {
  expect((await get(query)).status).toBe(422);
});

test("who visited is said in words, not by the name of the column", async () => {
  expect((await facts("groupBy=bots&interval=all"))["What it counts"]).toMatch(/^Clicks by humans and by bots/);
});
