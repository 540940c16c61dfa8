import { afterEach, beforeEach } from "vitest";
import { powersOf } from "@/lib/account/roles";
import { NewShare } from "@/lib/account/shares/share";
import { createShare, findShare, type Share } from "@/lib/account/shares/store";
import type { Viewer } from "@/lib/account/viewer";
import { db } from "@/lib/base/db";
import { EVERYTHING } from "@/lib/question/question";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { insertClicks, insertLinks, manyClicks } from "../query/rows";

// What tests of share links are about: three links with 600 clicks, and the owner who makes share links.

export const NOW = new Date("2026-11-15T12:00:00Z");
export const OWNER: Viewer = {
  ...{ ...EVERYTHING, userId: "owner", role: "owner" },
  powers: powersOf("owner", { mayExport: true, isLimited: false }),
};

let running: Mirrored | null = null;

beforeEach(async () => {
  const tag = { id: "t", name: "Tea", color: null };
  await insertLinks([
    { id: "a", domain: "one.example", key: "x", shortLink: "https://one.example/x", title: "Shoes", tags: [tag] },
    { id: "b", domain: "two.example", key: "y", shortLink: "https://two.example/y", title: "Hats", folderId: "f" },
    { id: "c", domain: "one.example", key: "z", shortLink: "https://one.example/z", tags: [{ id: "u", name: "Us" }] },
  ]);
  await insertClicks(
    manyClicks().map((row, index) => ({ ...row, visitor: `visitor ${index % 40}`, ip: "198.51.100.7" })),
  );
  await db().user.create({ data: { id: "owner", name: "owner", email: "owner@example.com", role: "owner" } });
});

afterEach(async () => {
  await running?.stop();
  running = null;
});

/** From now on a mirror answers, until the test ends. */
export async function onMirror(): Promise<Mirrored> {
  running = await startMirror();
  return running;
}

/** Makes a share link, and opens it. */
export async function made(share: object, viewer = OWNER, now = NOW): Promise<Share> {
  const { token } = await createShare(viewer, NewShare.parse({ name: "For you", path: "/", query: "", ...share }), now);
  const found = await findShare(token);
  if (!found) throw new Error("The link that was just made can't be opened");
  return found;
}
