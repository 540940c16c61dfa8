import { beforeEach, expect, test } from "vitest";
import { DELETE, PATCH } from "@/app/api/views/[id]/route";
import { GET, POST } from "@/app/api/views/route";
import { auth } from "@/lib/account/auth";
import { createOwner } from "@/lib/account/owner";
import type { SavedView } from "@/lib/account/views/view";
import { db } from "@/lib/base/db";
import { cookieOf, OWNER } from "./access-helpers";

const GERMANY = { name: "Germany", path: "/", query: "os=iOS&country=DE&page=2" };
let cookie: string;

beforeEach(async () => {
  await createOwner(OWNER);
  const { headers } = await auth().api.signInEmail({ body: OWNER, returnHeaders: true });
  cookie = cookieOf(headers.getSetCookie());
});

function request(method: string, body?: unknown, headers: HeadersInit = { cookie }): Request {
  const init = { method, headers: { "content-type": "application/json", ...headers } };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Request("http://localhost/api/views", body === undefined ? init : { ...init, body: text });
}

const at = (id: string) => ({ params: Promise.resolve({ id }) });

async function keep(view: object = GERMANY): Promise<SavedView> {
  const response = await POST(request("POST", view), {});
  expect(response.status).toBe(201);
  return (await response.json()) as SavedView;
}

async function listed(): Promise<SavedView[]> {
  return ((await (await GET(request("GET"), {})).json()) as { views: SavedView[] }).views;
}

test("a view is kept, listed, changed and deleted", async () => {
  const view = await keep();
  expect(view).toMatchObject({ name: "Germany", query: "country=DE&os=iOS", shared: false, own: true });
  expect(await listed()).toEqual([view]);
  const changed = await PATCH(request("PATCH", { name: " \u202EDE ", shared: true, pinned: true }), at(view.id));
  expect(await changed.json()).toEqual({ ...view, name: "DE", shared: true, pinned: true });
  const gone = await DELETE(request("DELETE"), at(view.id));
  expect(gone.status).toBe(204);
  expect(await listed()).toEqual([]);
});

test("without a session nothing is told or done", async () => {
  const { id } = await keep();
  const forged = { cookie: "footfall.session_token=forged.signature" };
  for (const answer of [
    await GET(request("GET", undefined, forged), {}),
    await POST(request("POST", GERMANY, forged), {}),
    await PATCH(request("PATCH", { name: "x" }, forged), at(id)),
    await DELETE(request("DELETE", undefined, forged), at(id)),
  ]) {
    expect(answer.status).toBe(401);
  }
  expect(await listed()).toMatchObject([{ id, name: "Germany" }]);
});

test("another person's view is not there, and their shared one cannot be changed", async () => {
  await db().user.create({ data: { id: "ben", name: "Ben", email: "ben@example.com" } });
  const view = { path: "/", query: "", ownerId: "ben" };
  await db().savedView.create({ data: { ...view, id: "hidden", name: "Hidden", shared: false } });
  await db().savedView.create({ data: { ...view, id: "open", name: "Open", shared: true } });
  expect((await listed()).map(({ id }) => id)).toEqual(["open"]);
  expect((await PATCH(request("PATCH", { name: "x" }), at("hidden"))).status).toBe(404);
  expect((await DELETE(request("DELETE"), at("hidden"))).status).toBe(404);
  expect((await PATCH(request("PATCH", { name: "x" }), at("open"))).status).toBe(403);
  expect((await DELETE(request("DELETE"), at("open"))).status).toBe(403);
  expect((await PATCH(request("PATCH", { pinned: true }), at("open"))).status).toBe(200);
});

test.each([
  ["no JSON", "{", 400, "The body isn’t valid JSON."],
  ["another path", { ...GERMANY, path: "//evil.example" }, 422, "path: Use the path of a page, such as /links."],
  ["no name", { ...GERMANY, name: "" }, 422, "name: Enter a name for the view."],
  ["a list", [], 422, null],
  ["too much", { ...GERMANY, query: `a=${"x".repeat(40_000)}` }, 413, null],
])("%s is refused in words", async (_, body, status, message) => {
  const response = await POST(request("POST", body), {});
  expect(response.status).toBe(status);
  const { error } = (await response.json()) as { error: { message: string } };
  if (message) expect(error.message).toBe(message);
});

test("what a form of another site could send is refused", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const response = await POST(request("POST", GERMANY, { cookie, "content-type": type }), {});
    expect(response.status).toBe(400);
  }
  expect(await listed()).toEqual([]);
});

test("an id that is no text for the database is no view", async () => {
  expect((await DELETE(request("DELETE"), at("a\0b"))).status).toBe(404);
});
