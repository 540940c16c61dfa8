import { beforeEach, expect, test } from "vitest";
import { GET as getLinks } from "@/app/api/links/route";
import { GET as getField } from "@/app/api/values/[field]/route";
import { GET as getValues } from "@/app/api/values/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { cookieOf, OWNER } from "./access-helpers";

let cookie: string;

beforeEach(async () => {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  cookie = cookieOf(headers.getSetCookie());
  await insertLinks([{ id: "a", shortLink: "https://dub.sh/a", title: "Sale" }]);
  await insertClicks([click({ country: "DE" }), click({ country: "DE" }), click({ country: "US", os: "iOS" })]);
});

const asking = (query: string, headers: HeadersInit = { cookie }) =>
  new Request(`http://localhost/?${query}`, { headers });
const ofField = (field: string, query: string) => getField(asking(query), { params: Promise.resolve({ field }) });

test("values of a field are told in words, under the conditions of the page", async () => {
  const response = await ofField("country", "interval=all&search=germany");
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const row = { value: "DE", text: "Germany", note: null, country: "DE", clicks: 2, count: "2", share: "66.7%" };
  expect(await response.json()).toEqual({ rows: [row], rowCount: 1 });
  expect((await ofField("country", "interval=all&places=cities")).status).toBe(422);
  const filtered = await (await ofField("country", "interval=all&os=iOS")).json();
  expect(filtered).toMatchObject({ rows: [{ value: "US", share: "100%" }], rowCount: 1 });
});

test("values of every field are found at once, and none without a search", async () => {
  const found = await (await getValues(asking("interval=all&search=io"), {})).json();
  expect(found).toMatchObject({ fields: [{ field: "os", label: "System", rows: [{ value: "iOS", count: "1" }] }] });
  expect(await (await getValues(asking("interval=all&search=+"), {})).json()).toEqual({ fields: [] });
});

test("links are found by their title", async () => {
  const found = await (await getLinks(asking("search=sal"), {})).json();
  expect(found).toEqual({ links: [{ id: "a", shortLink: "https://dub.sh/a", title: "Sale" }] });
});

test("what cannot be answered is said in words", async () => {
  expect((await ofField("toString", "")).status).toBe(404);
  expect((await ofField("country", "contry=US")).status).toBe(422);
  expect((await getValues(asking("search=a&contry=US"), {})).status).toBe(422);
});

test("without a session nothing is told", async () => {
  const context = { params: Promise.resolve({ field: "country" }) };
  expect((await getField(asking("", {}), context)).status).toBe(401);
  expect((await getValues(asking("search=a", {}), {})).status).toBe(401);
  expect((await getLinks(asking("search=a", {}), {})).status).toBe(401);
});
