import { expect, test } from "vitest";
import { GET } from "@/app/api/events/route";
import { GET as download } from "@/app/api/export/events.csv/route";
import { auth } from "@/lib/access/auth";
import { createOwner } from "@/lib/access/owner";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { cookieOf, OWNER } from "./access-helpers";

async function signIn(): Promise<{ cookie: string }> {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  return { cookie: cookieOf(headers.getSetCookie()) };
}

const ask = (query: string, headers: HeadersInit = {}) =>
  GET(new Request(`http://localhost/api/events?${query}`, { headers }), {});
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
  const query = "interval=all&limit=2&timezone=Asia/Kathmandu&click=1";
  const first = await (await ask(query, cookie)).json();
  expect(first.rows).toMatchObject([{ seq: "3", country: "DE" }, { seq: "2" }]);
  expect(first.rows[0]).not.toHaveProperty("words");
  const second = await (await ask(`${query}&words=true&before=${first.older}`, cookie)).json();
  expect(second).toMatchObject({
    rows: [{ seq: "1", words: { time: "15 Aug 2026, 15:46:00", linkId: "dub.sh/x", country: "Germany" } }],
    older: null,
  });
  expect((await ask("words=maybe", cookie)).status).toBe(422);
});

test("the file's query string is the page's own, and says which columns", async () => {
  const cookie = await signIn();
  await insertClicks([click({ country: "US" }), click({ country: "DE" })]);
  const response = await get("interval=all&country=DE&click=7&page=2&columns=country,bot", cookie);
  expect(await response.text()).toBe("country,bot\nDE,human\n");
  expect((await get("columns=ip", cookie)).status).toBe(422);
});
