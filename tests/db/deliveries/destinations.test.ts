import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { answer } from "@/lib/question/answer";
import { question } from "@/lib/question/question";
import { clickPayload, LINK, linkPayload } from "@/tests/factory";
import { OWNER } from "../query/rows";
import { deliver } from "./deliver";

const at = (day: number) => `2026-08-${String(day).padStart(2, "0")}T00:00:00.000Z`;

/** A state of the link: where it leads, since which day, said at which minute. */
const led = (path: string, day: number | undefined, minute = 0) =>
  clickPayload({
    createdAt: `2026-08-15T09:${String(minute).padStart(2, "0")}:00.000Z`,
    click: { id: `${path}${day}${minute}` },
    link: { url: `https://shop.example/${path}`, updatedAt: day && at(day) },
  });

const stored = () => db().destination.count();

/** The changes as the page tells them. */
async function changes(): Promise<string[]> {
  const found = await answer(question(OWNER, { kind: "destinations", id: LINK.id }));
  return found.map(({ url, since }) => `${since.getUTCDate()}: ${url.split("/").at(-1)}`);
}

test("a link that leads where it always led has no rows, however often it is clicked and edited", async () => {
  await deliver(led("a", 1), led("a", 1, 1));
  await deliver(led("a", 1, 2));
  await deliver(led("a", 3, 3));
  expect(await stored()).toBe(0);
  expect(await changes()).toEqual([]);
});

test("a change is told with its time, the first destination before it", async () => {
  await deliver(led("a", 1));
  await deliver(linkPayload("link.updated", { url: "https://shop.example/b", updatedAt: at(5) }));
  await deliver(led("b", 5, 1), led("b", 6, 2));
  await deliver(led("a", 8, 3));
  expect(await changes()).toEqual(["1: a", "5: b", "8: a"]);
});

test.each([
  [
    "one by one",
    (states: unknown[]) =>
      states.reduce<Promise<unknown>>((all, one) => all.then(() => deliver(one)), Promise.resolve()),
  ],
  ["together", (states: unknown[]) => deliver(...states)],
])("states that come %s in any order tell the same changes, twice too", async (_, send) => {
  const states = [led("a", 1), led("b", 3, 1), led("a", 5, 2), led("c", 7, 3)];
  const expected = ["1: a", "3: b", "5: a", "7: c"];
  for (const order of [
    states.toReversed(),
    [2, 0, 3, 1].map((place) => states[place]),
    [1, 3, 0, 2].map((place) => states[place]),
  ]) {
    await send(order);
    expect(await changes()).toEqual(expected);
    await send(order);
    expect(await changes()).toEqual(expected);
    await db().destination.deleteMany();
    await db().link.deleteMany();
  }
});

test("of two at the same time, the one said later counts", async () => {
  await deliver(led("a", 1));
  await deliver(led("c", 3, 7));
  await deliver(led("b", 3, 5));
  expect(await changes()).toEqual(["1: a", "3: c"]);
  await deliver(led("d", 3, 9));
  expect(await changes()).toEqual(["1: a", "3: d"]);
});

test("a state without a time of change tells nothing about a link that has one", async () => {
  await deliver(led("a", 1));
  await deliver(led("b", undefined, 5));
  expect(await changes()).toEqual([]);
});

test("states of a busy link that come late add no rows, as long as they say the same", async () => {
  await deliver(led("a", 20));
  for (const day of [5, 9, 12, 7, 18, 6]) await deliver(led("a", day, day));
  expect(await stored()).toBe(1);
  expect(await changes()).toEqual([]);
  await deliver(led("b", 21));
  for (const day of [8, 19]) await deliver(led("a", day, day));
  expect(await changes()).toEqual(["5: a", "21: b"]);
  expect(await stored()).toBe(3);
});
