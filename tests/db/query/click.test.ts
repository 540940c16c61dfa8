import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { answer } from "@/lib/question/answer";
import type { VisitorClicks } from "@/lib/question/answer-types";
import { question } from "@/lib/question/question";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { click, insertClicks, insertLinks, OWNER } from "./rows";

const at = (minute: number) => new Date(Date.UTC(2026, 7, 15, 10, minute));

/** The only click at a minute. */
async function seqAt(minute: number): Promise<string> {
  const { seq } = await db().click.findFirstOrThrow({ where: { clickedAt: at(minute) }, select: { seq: true } });
  return seq.toString();
}

const minutes = ({ rows, total }: VisitorClicks) => ({ minutes: rows.map((row) => row.clickedAt.getMinutes()), total });

let mirrored: Mirrored | null = null;

beforeEach(() => insertLinks([{ id: "a", shortLink: "https://dub.sh/x", tags: [{ id: "t", name: "Tea" }] }]));

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

test("one click is answered with all that is kept of it, and with its link", async () => {
  const kept = {
    eventId: "evt_1",
    ip: "198.51.100.7",
    ua: "<script>alert(1)</script>",
    visitor: "somebody",
    visitorEstimated: true,
    urlRaw: "https://a.example/?dub_id=1",
    refererUrlRaw: "https://b.example/?page=2",
    country: "DE",
    utmTerm: "shoes",
  };
  await insertClicks([click({ clickedAt: at(1) }), click({ clickedAt: at(2), ...kept })]);
  const seq = await seqAt(2);
  expect(await answer(question(OWNER, { kind: "click", seq }))).toMatchObject({
    ...kept,
    seq,
    linkId: "a",
    clickId: "click_1",
    clickedAt: at(2),
    link: { id: "a", shortLink: "https://dub.sh/x", tags: [{ id: "t", name: "Tea" }] },
  });
});

test("a click whose link is not known has none", async () => {
  await insertClicks([click({ linkId: "gone", clickedAt: at(1) })]);
  expect(await answer(question(OWNER, { kind: "click", seq: await seqAt(1) }))).toMatchObject({
    linkId: "gone",
    link: null,
  });
});

test.each(["", "0", "-1", "1e3", "abc", "1 or true", "9".repeat(18), "9".repeat(40)])(
  "there is no click %j",
  async (seq) => {
    await insertClicks([click()]);
    expect(await answer(question(OWNER, { kind: "click", seq }))).toBeNull();
  },
);

for (const engine of ["Postgres", "the mirror"]) {
  test(`${engine} finds a visitor's other clicks, on the link and elsewhere, newest first`, async () => {
    await insertClicks([
      click({ clickedAt: at(1), visitor: "one" }),
      click({ clickedAt: at(2), visitor: "one", linkId: "b" }),
      click({ clickedAt: at(3), visitor: "one" }),
      click({ clickedAt: at(4), visitor: "two" }),
      click({ clickedAt: at(5) }),
      click({ clickedAt: at(6), visitor: "one", bot: true }),
      click({ clickedAt: at(7), visitor: "one", linkId: "c" }),
    ]);
    if (engine === "the mirror") mirrored = await startMirror();
    const others = async (minute: number) => {
      const { onLink, elsewhere } = await answer(
        question(OWNER, { kind: "visitorClicks", click: { seq: await seqAt(minute), linkId: "a" } }),
      );
      return { onLink: minutes(onLink), elsewhere: minutes(elsewhere) };
    };
    expect(await others(3)).toEqual({
      onLink: { minutes: [6, 1], total: 2 },
      elsewhere: { minutes: [7, 2], total: 2 },
    });
    const none = { minutes: [], total: 0 };
    expect(await others(4)).toEqual({ onLink: none, elsewhere: none });
    expect(await others(5), "nobody is not somebody").toEqual({ onLink: none, elsewhere: none });
    if (mirrored) expect(mirrored.tally).toEqual({ answered: 6, refused: 0, complaints: [] });
  });
}

test("of many clicks the newest twenty are listed and all are counted", async () => {
  await insertClicks(Array.from({ length: 31 }, (_, minute) => click({ clickedAt: at(minute), visitor: "one" })));
  const { onLink } = await answer(
    question(OWNER, { kind: "visitorClicks", click: { seq: await seqAt(5), linkId: "a" } }),
  );
  const newest = Array.from({ length: 20 }, (_, index) => 30 - index);
  expect(minutes(onLink)).toEqual({ minutes: newest, total: 30 });
});
