import "server-only";
import { randomUUID } from "node:crypto";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { readOr } from "@/lib/base/reach";
import type { Person, Scope } from "@/lib/question/question";
import type { NewView, ViewChange } from "./input";
import type { SavedView } from "./view";

/** More than anybody finds anything in. */
const MAX_VIEWS = 200;

const SELECT = { id: true, name: true, path: true, query: true, shared: true, ownerId: true } as const;

/** Own views and shared ones, whose names and filters may tell of links that somebody with a limit doesn't see. */
const visibleTo = ({ userId, links }: Reader) =>
  links === null ? { OR: [{ ownerId: userId }, { shared: true }] } : { ownerId: userId };

/** Who reads views. */
type Reader = Person & Pick<Scope, "links">;

type StoredView = Omit<SavedView, "own" | "pinned"> & { ownerId: string; pins: unknown[] };

const seenBy = ({ userId }: Person, { ownerId, pins, ...view }: StoredView): SavedView => ({
  ...view,
  own: ownerId === userId,
  pinned: pins.length > 0,
});

const selectFor = ({ userId }: Person) => ({ ...SELECT, pins: { where: { userId }, select: { userId: true } } });

const missing = () => new AppError("not_found", words.views.gone);

/** The views a user can see: their own and shared ones, by name. */
export async function listViews(viewer: Reader): Promise<SavedView[]> {
  const read = () =>
    db().savedView.findMany({
      where: visibleTo(viewer),
      select: selectFor(viewer),
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
  const rows = await readOr(read, () => []);
  return rows.map((row) => seenBy(viewer, row));
}

/** One view. @throws AppError not_found when there is none that this user sees */
export async function readView(viewer: Reader, id: string): Promise<SavedView> {
  const row = await db().savedView.findFirst({
    where: { AND: [{ id }, visibleTo(viewer)] },
    select: selectFor(viewer),
  });
  if (!row) throw missing();
  return seenBy(viewer, row);
}

/** The user's default view, if they can still see it. */
export async function pinnedView(viewer: Reader): Promise<SavedView | null> {
  const { userId } = viewer;
  const where = { AND: [{ pins: { some: { userId } } }, visibleTo(viewer)] };
  const row = await readOr(
    () => db().savedView.findFirst({ where, select: selectFor(viewer) }),
    () => null,
  );
  return row && seenBy(viewer, row);
}

/** Saves a view. @throws AppError when the user has too many */
export async function createView(viewer: Reader, view: NewView): Promise<SavedView> {
  const { userId: ownerId } = viewer;
  if ((await db().savedView.count({ where: { ownerId } })) >= MAX_VIEWS)
    throw new AppError("unprocessable_entity", words.views.tooMany(MAX_VIEWS));
  const id = randomUUID();
  await db().savedView.create({ data: { ...view, id, ownerId } });
  return readView(viewer, id);
}

/** Changes a view, or what it is to the user. @throws AppError not_found, or forbidden for somebody else's view */
export async function changeView(viewer: Reader, id: string, { pinned, ...change }: ViewChange): Promise<SavedView> {
  const { own } = await readView(viewer, id);
  const data = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(data).length > 0) {
    if (!own) throw new AppError("forbidden", words.views.change);
    await db().savedView.updateMany({ where: { id, ownerId: viewer.userId }, data });
  }
  if (pinned !== undefined) await pin(viewer, id, pinned);
  return readView(viewer, id);
}

async function pin({ userId }: Person, viewId: string, pinned: boolean): Promise<void> {
  if (!pinned) {
    await db().pinnedView.deleteMany({ where: { userId, viewId } });
    return;
  }
  await db().pinnedView.upsert({ where: { userId }, update: { viewId }, create: { userId, viewId } });
}

/** Deletes a view. @throws AppError not_found, or forbidden for somebody else's view */
export async function deleteView(viewer: Reader, id: string): Promise<void> {
  const { own } = await readView(viewer, id);
  if (!own) throw new AppError("forbidden", words.views.remove);
  await db().savedView.deleteMany({ where: { id, ownerId: viewer.userId } });
}
