import { beforeEach, expect, test } from "vitest";
import { DELETE, PATCH } from "@/app/api/notes/[id]/route";
import { POST } from "@/app/api/notes/route";
import { notesIn } from "@/lib/account/notes/store";
import { createOwner } from "@/lib/account/owner";
import { signIn } from "@/lib/account/sign-in";
import { aboutExport } from "@/lib/api/about";
import { db } from "@/lib/base/db";
import { filtersFromParams } from "@/lib/question/codec/read";
import { EVERYTHING } from "@/lib/question/question";
import { cookieOf, OWNER } from "./access-helpers";

const NEWSLETTER = { at: "2026-11-12", text: "Newsletter sent" };
const NOW = new Date("2026-11-20T12:00:00Z");
const ANN = { ...EVERYTHING, userId: "ann" };
let cookie: string;

beforeEach(async () => {
  await createOwner(OWNER);
  cookie = cookieOf(await signIn(OWNER, new Headers({ host: "localhost:3000" })));
});

function request(method: string, body?: unknown, headers: HeadersInit = { cookie }): Request {
  const init = { method, headers: { "content-type": "application/json", host: "localhost:3000", ...headers } };
  return new Request("http://localhost:3000/api/notes", {
    ...init,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const at = (id: string) => ({ params: Promise.resolve({ id }) });

async function add(note: object): Promise<{ id: string }> {
  const response = await POST(request("POST", note), {});
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string };
}

const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW, "overview");
const read = async (query: string) =>
  (await notesIn(ANN, filters(query))).map(({ when, text, day, time }) => ({ when, text, day, time }));

const addLink = (id: string) =>
  db().link.create({
    data: { id, key: id, domain: "notes.example", shortLink: `https://notes.example/${id}`, payload: {} },
  });

test("a note is added, changed and deleted, and outlives the account of who wrote it", async () => {
  const note = await add({ ...NEWSLETTER, text: " Newsletter\u202E \n sent " });
  expect(note).toEqual({ ...NEWSLETTER, id: note.id, linkId: null });
  const changed = await PATCH(request("PATCH", { text: "Letter sent" }), at(note.id));
  expect(await changed.json()).toEqual({ ...note, text: "Letter sent" });
  const moved = await PATCH(request("PATCH", { at: "2026-11-13T10:30+01:00" }), at(note.id));
  expect(await moved.json()).toEqual({ ...note, text: "Letter sent", at: "2026-11-13T09:30:00.000Z" });
  await db().user.deleteMany();
  expect(await read("interval=30d&timezone=Europe/Berlin")).toEqual([
    { when: "13 Nov 2026, 10:30", text: "Letter sent", day: "2026-11-13", time: "10:30" },
  ]);
  await createOwner(OWNER);
  cookie = cookieOf(await signIn(OWNER, new Headers({ host: "localhost:3000" })));
  expect((await DELETE(request("DELETE"), at(note.id))).status).toBe(204);
  expect(await read("interval=30d")).toEqual([]);
  expect((await DELETE(request("DELETE"), at(note.id))).status).toBe(404);
  expect((await PATCH(request("PATCH", { text: "x" }), at("a\0b"))).status).toBe(404);
});

test("a day is the same in every zone, and in each range that it overlaps", async () => {
  await add(NEWSLETTER);
  const day = [{ when: "12 Nov 2026", text: NEWSLETTER.text, day: "2026-11-12", time: null }];
  for (const zone of ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"]) {
    expect(await read(`start=2026-11-12&end=2026-11-12&timezone=${zone}`), zone).toEqual(day);
    expect(await read(`start=2026-11-11&end=2026-11-11&timezone=${zone}`), zone).toEqual([]);
    expect(await read(`start=2026-11-13&end=2026-11-13&timezone=${zone}`), zone).toEqual([]);
  }
  expect(await read("start=2026-11-12T18:00Z&end=2026-11-13T18:00Z")).toEqual(day);
  expect(await read("interval=all")).toEqual(day);
});

test("a link's note is only where the question is about that link", async () => {
  await Promise.all(["mine", "other"].map(addLink));
  await add(NEWSLETTER);
  await add({ at: "2026-11-12T09:00Z", text: "New poster", linkId: "mine" });
  const texts = async (query: string) => (await read(query)).map(({ text }) => text);
  expect(await texts("")).toEqual(["Newsletter sent"]);
  expect(await texts("linkId=mine")).toEqual(["Newsletter sent", "New poster"]);
  expect(await texts("linkId=mine,other")).toEqual(["Newsletter sent", "New poster"]);
  expect(await texts("linkId=other")).toEqual(["Newsletter sent"]);
  expect(await texts("linkId.not=mine")).toEqual(["Newsletter sent"]);
  expect((await aboutExport(ANN, filters("linkId=mine"))).text).toContain(
    "Note of 12 Nov 2026: Newsletter sent\nNote of 12 Nov 2026, 09:00: New poster\n",
  );
  // Who sees some links only learns nothing of notes about others or about all.
  const scope = { ...ANN, links: [{ field: "linkId" as const, op: "is" as const, values: ["other"] }] };
  expect((await notesIn(scope, filters("linkId=mine"))).map(({ text }) => text)).toEqual([]);
});

test.each([
  ["no text", { ...NEWSLETTER, text: " \u200B" }, "text: Write a note."],
  ["a long text", { ...NEWSLETTER, text: "x".repeat(281) }, "text: Use at most 280 characters."],
  [
    "another form of date",
    { ...NEWSLETTER, at: "12.11.2026" },
    "at: Use a date such as 2026-08-01, or a time such as 2026-08-01T09:00:00Z.",
  ],
  ["out of the years", { ...NEWSLETTER, at: "1970-01-01T00:00+23:59" }, "at: Use a year from 1970 to 2999."],
  ["no such day", { ...NEWSLETTER, at: "2026-02-30" }, "at: This date doesn’t exist."],
  ["an unknown link", { ...NEWSLETTER, linkId: "nowhere" }, "linkId: Link not found. Reload the page."],
])("%s is refused in words", async (_, body, message) => {
  const response = await POST(request("POST", body), {});
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ error: { message } });
  expect(await db().note.count()).toBe(0);
});

test("a thousand notes are the most", async () => {
  const data = Array.from({ length: 1_000 }, (_, n) => ({ id: `note_${n}`, at: NOW, wholeDay: true, text: "x" }));
  await db().note.createMany({ data });
  const response = await POST(request("POST", NEWSLETTER), {});
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: { message: "There can be up to 1,000 notes. Delete one first." },
  });
});

test("without a session nothing is done", async () => {
  const { id } = await add(NEWSLETTER);
  for (const answer of [
    await POST(request("POST", NEWSLETTER, {}), {}),
    await PATCH(request("PATCH", { text: "x" }, {}), at(id)),
    await DELETE(request("DELETE", undefined, {}), at(id)),
  ])
    expect(answer.status).toBe(401);
  expect(await db().note.findMany({ select: { text: true } })).toEqual([{ text: "Newsletter sent" }]);
});
