import { expect, test } from "vitest";
import { GET as download } from "@/app/api/export/events.csv/route";
import { GET } from "@/app/api/v1/events/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { cookieOf, OWNER } from "./access-helpers";

async function signIn(): Promise<{ cookie: string }> {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  return { cookie: cookieOf(headers.getSetCookie()) };
}

const ask = (query: string, headers: HeadersInit = {}) =>
  GET(new Request(`http://localhost/api/v1/events?${query}`, { headers }), {});
const get = (query: string, headers: HeadersInit = {}) =>
  download(new Request(`http://localhost/api/export/events.csv?${query}`, { headers }), {});

test("the list and its file are for those who are signed in", async () => {
  expect((await ask("")).status).toBe(401);
  expect((await get("contry=US")).status).toBe(401);
});

test("clicks come page by page as they are stored, and in words for those who ask", async () => {
  const cookie = await signIn();
  await insertLinks([{ id: "a", shortLink: "https://dub.sh/x" }]);
  const minutes = [1, 2, 3].map((minute) => new Date(Date.UTC(2026, 7, 15, 10, minute)));
  await insertClicks(minutes.map((clickedAt) => click({ clickedAt, country: "DE" })));
  const query = "interval=all&limit=2&timezone=Asia/Kathmandu";
  const first = await (await ask(query, cookie)).json();
  expect(first.rows).toMatchObject([{ seq: "3", country: "DE" }, { seq: "2" }]);
  expect(first.rows[0]).not.toHaveProperty("words");
  expect(first.rows[0]).not.toHaveProperty("secretId");
  const second = await (await ask(`${query}&words=true&before=${first.older}`, cookie)).json();
  expect(second).toMatchObject({
    rows: [{ seq: "1", words: { time: "15 Aug 2026, 15:46:00", linkId: "dub.sh/x", country: "Germany" } }],
    older: null,
  });
  expect((await ask("words=maybe", cookie)).status).toBe(422);
});

test("the file has the clicks of the page, in the columns that are named", async () => {
  const cookie = await signIn();
  await insertClicks([click({ country: "US" }), click({ country: "DE" })]);
  const response = await get("interval=all&country=DE&columns=country,bot", cookie);
  expect(await response.text()).toBe("country,bot\nDE,human\n");
  expect((await get("columns=ip", cookie)).status).toBe(422);
  expect((await get("country=DE&page=2", cookie)).status).toBe(422);
  const marked = await (await get("interval=all&country=DE&columns=country&bom=true", cookie)).bytes();
  expect(Buffer.from(marked).toString("latin1")).toBe("\u00EF\u00BB\u00BFcountry\nDE\n");
});

test("a list for people carries the beginning of a long value and its name, by which it is found", async () => {
  const cookie = await signIn();
  const url = `https://a.example/?q=${"x".repeat(20_000)}`;
  await insertLinks([{ id: "a", url }]);
  await insertClicks([click({ url, baseUrl: "https://a.example/", utmTerm: "y".repeat(15_000) }), click()]);
  const text = await (await ask("interval=all&words=true", cookie)).text();
  expect(text.length).toBeLessThan(6_000);
  const long = JSON.parse(text).rows.find((row: { baseUrl: string | null }) => row.baseUrl !== null);
  expect(long.words.url).toBe(`${url.slice("https://".length, 300 + "https://".length)}…`);
  for (const [name, value] of [
    ["url", long.url],
    ["utm_term", long.utmTerm],
    ["url", url],
  ]) {
    const found = await (await ask(`interval=all&${new URLSearchParams({ [name]: value })}`, cookie)).json();
    expect(found.rows).toMatchObject([{ url, utmTerm: "y".repeat(15_000) }]);
    const others = await (await ask(`interval=all&${new URLSearchParams({ [name]: `-${value}` })}`, cookie)).json();
    expect(others.rows).toMatchObject([{ url: null }]);
  }
});

test("the oldest first is asked for and walked through like the newest first, by whichever name", async () => {
  const cookie = await signIn();
  await insertLinks([{ id: "a", shortLink: "https://dub.sh/x" }]);
  const minutes = [1, 2, 3, 4, 5].map((minute) => new Date(Date.UTC(2026, 7, 15, 10, minute)));
  await insertClicks(minutes.map((clickedAt) => click({ clickedAt })));
  const seqs = (page: { rows: { seq: string }[] }) => page.rows.map(({ seq }) => seq);
  for (const order of ["sortOrder=asc", "order=asc"]) {
    const query = `interval=all&limit=2&${order}`;
    const first = await (await ask(query, cookie)).json();
    expect([seqs(first), first.older]).toEqual([["1", "2"], null]);
    const second = await (await ask(`${query}&after=${first.newer}`, cookie)).json();
    expect(seqs(second)).toEqual(["3", "4"]);
    const third = await (await ask(`${query}&after=${second.newer}`, cookie)).json();
    expect([seqs(third), third.newer]).toEqual([["5"], null]);
    const back = await (await ask(`${query}&before=${third.older}`, cookie)).json();
    expect(seqs(back)).toEqual(["3", "4"]);
  }
  expect(seqs(await (await ask("interval=all&limit=2&sortOrder=desc&order=asc", cookie)).json())).toEqual(["5", "4"]);
});

test.each([
  ["page=2", "page: There are no numbered pages. Send the response’s older as before, or its newer as after."],
  ["sortOrder=up", "sortOrder: Use asc or desc."],
  ["order=up", "order: Use asc or desc."],
  ["sortBy=country", "sortBy: Use timestamp."],
  ["link=nosuch", "link: Unknown parameter. Remove it."],
  ["__proto__=1", "__proto__: Unknown parameter. Remove it."],
])("%s is refused rather than ignored", async (query, message) => {
  const answer = await ask(query, await signIn());
  expect([answer.status, (await answer.json()).error.message]).toEqual([422, message]);
});
