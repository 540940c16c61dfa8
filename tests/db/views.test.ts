import { beforeEach, expect, test } from "vitest";
import { changeView, createView, deleteView, listViews, pinnedView, readView } from "@/lib/account/views/store";
import { db } from "@/lib/base/db";

const ANN = { userId: "ann", links: null };
const BEN = { userId: "ben", links: null };
const GERMANY = { name: "Germany", path: "/", query: "country=DE", shared: false };

const NOT_FOUND = { code: "not_found" };
const FORBIDDEN = { code: "forbidden" };

beforeEach(async () => {
  for (const id of ["ann", "ben"]) await db().user.create({ data: { id, name: id, email: `${id}@example.com` } });
});

const namesFor = async (viewer: typeof ANN) => (await listViews(viewer)).map(({ name }) => name);

test("a view is kept as it was given, and is its owner's own", async () => {
  const view = await createView(ANN, GERMANY);
  expect(view).toEqual({ ...GERMANY, id: view.id, own: true, pinned: false });
  expect(await listViews(ANN)).toEqual([view]);
});

test("somebody with a limit sees no shared views: their names and filters may tell of other links", async () => {
  const { id } = await createView(ANN, { ...GERMANY, shared: true });
  const limited = { userId: "ben", links: [{ field: "linkId", op: "is", values: ["a"] }] as const };
  const reader = { ...limited, links: limited.links.map((one) => ({ ...one, values: [...one.values] })) };
  expect(await listViews(reader)).toEqual([]);
  await expect(readView(reader, id)).rejects.toMatchObject(NOT_FOUND);
  expect(await listViews(BEN)).toHaveLength(1);
});

test("what is not shared nobody else sees, changes, deletes or pins, or learns of", async () => {
  const { id } = await createView(ANN, GERMANY);
  expect(await listViews(BEN)).toEqual([]);
  await expect(readView(BEN, id)).rejects.toMatchObject(NOT_FOUND);
  await expect(changeView(BEN, id, { name: "Mine" })).rejects.toMatchObject(NOT_FOUND);
  await expect(changeView(BEN, id, { pinned: true })).rejects.toMatchObject(NOT_FOUND);
  await expect(deleteView(BEN, id)).rejects.toMatchObject(NOT_FOUND);
  await expect(readView(BEN, "no such id")).rejects.toMatchObject(NOT_FOUND);
  expect(await readView(ANN, id)).toMatchObject(GERMANY);
  expect(await pinnedView(BEN)).toBeNull();
});

test("what is shared everybody sees and may pin, and its owner alone changes", async () => {
  const { id } = await createView(ANN, { ...GERMANY, shared: true });
  expect(await listViews(BEN)).toMatchObject([{ id, own: false, pinned: false }]);
  for (const change of [{ name: "Mine" }, { query: "" }, { path: "/links" }, { shared: false }]) {
    await expect(changeView(BEN, id, change)).rejects.toMatchObject(FORBIDDEN);
  }
  await expect(changeView(BEN, id, { name: "Mine", pinned: true })).rejects.toMatchObject(FORBIDDEN);
  await expect(deleteView(BEN, id)).rejects.toMatchObject(FORBIDDEN);
  expect(await pinnedView(BEN)).toBeNull();
  expect(await changeView(BEN, id, { pinned: true })).toMatchObject({ pinned: true, own: false });
  expect(await readView(ANN, id)).toMatchObject({ name: "Germany", pinned: false });
});

test("what is no longer shared is gone for the others, also from their overview", async () => {
  const { id } = await createView(ANN, { ...GERMANY, shared: true });
  await changeView(BEN, id, { pinned: true });
  await changeView(ANN, id, { shared: false });
  expect(await listViews(BEN)).toEqual([]);
  expect(await pinnedView(BEN)).toBeNull();
  await changeView(ANN, id, { shared: true });
  expect(await pinnedView(BEN)).toMatchObject({ id });
});

test("only what is named is changed", async () => {
  const { id } = await createView(ANN, GERMANY);
  expect(await changeView(ANN, id, { name: "Deutschland" })).toMatchObject({ ...GERMANY, name: "Deutschland" });
  expect(await changeView(ANN, id, { query: "country=AT", path: "/links" })).toMatchObject({
    name: "Deutschland",
    path: "/links",
    query: "country=AT",
    shared: false,
  });
  const { createdAt, updatedAt } = await db().savedView.findUniqueOrThrow({ where: { id } });
  expect(updatedAt.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
});

test("one view is pinned at a time, by each for themselves", async () => {
  const first = await createView(ANN, { ...GERMANY, shared: true });
  const second = await createView(ANN, { ...GERMANY, name: "Other" });
  await changeView(ANN, first.id, { pinned: true });
  await changeView(BEN, first.id, { pinned: true });
  await changeView(ANN, second.id, { pinned: true });
  expect(await pinnedView(ANN)).toMatchObject({ id: second.id });
  expect(await pinnedView(BEN)).toMatchObject({ id: first.id });
  // Of another view than the pinned one this says nothing.
  await changeView(ANN, first.id, { pinned: false });
  expect(await pinnedView(ANN)).toMatchObject({ id: second.id });
  await changeView(ANN, second.id, { pinned: false });
  expect(await pinnedView(ANN)).toBeNull();
});

test("a deleted view is nobody's default, and a deleted person leaves no views", async () => {
  const { id } = await createView(ANN, { ...GERMANY, shared: true });
  await changeView(BEN, id, { pinned: true });
  await deleteView(ANN, id);
  expect(await pinnedView(BEN)).toBeNull();
  await createView(ANN, { ...GERMANY, shared: true });
  await db().user.delete({ where: { id: "ann" } });
  expect(await namesFor(BEN)).toEqual([]);
});

test("there is room for two hundred views each", async () => {
  const data = Array.from({ length: 200 }, (_, at) => ({ ...GERMANY, id: `view_${at}`, ownerId: "ann" }));
  await db().savedView.createMany({ data });
  await expect(createView(ANN, GERMANY)).rejects.toMatchObject({ code: "unprocessable_entity" });
  expect(await createView(BEN, GERMANY)).toMatchObject({ own: true });
});
