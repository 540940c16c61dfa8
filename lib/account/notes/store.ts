import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { cleanText, tidyText } from "@/lib/base/clean";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { date, minute } from "@/lib/base/format";
import { text as words } from "@/lib/base/problems";
import { readOr } from "@/lib/base/reach";
import { type ClosedSpan, DAY, fromLocal, localIso } from "@/lib/base/time";
import type { Note as StoredNote } from "@/lib/generated/prisma/client";
import { answer } from "@/lib/question/answer";
import { RangeProblem, readInstant } from "@/lib/question/codec/range";
import { type Filters, type Person, question, type Scope } from "@/lib/question/question";
import { NOTE_LENGTH, type Note } from "./note";

/** Limit of a body: the longest note in JSON, and a little more. */
export const MAX_NOTE_BYTES = 8_192;
const MAX_NOTES = 1_000;
const MAX_ID = 255;

const text = z
  .string(words.anyText)
  .transform(tidyText)
  .refine((given) => given !== "", words.notes.text)
  .refine((given) => given.length <= NOTE_LENGTH, words.atMost(NOTE_LENGTH));

/** A date, which is the same in every zone, or an instant. */
const at = z.string(words.ranges.forms).transform((given, context): Pick<StoredNote, "at" | "wholeDay"> => {
  try {
    const { from } = readInstant("at", given, "UTC");
    // An offset can lead out of the years in which dates are read.
    if (from.getUTCFullYear() < 1970 || from.getUTCFullYear() > 2999) throw new RangeProblem("at", words.ranges.year);
    return { at: from, wholeDay: /^[\d-]+$/.test(given) };
  } catch (error) {
    if (!(error instanceof RangeProblem)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

const linkId = z.string(words.anyText).max(MAX_ID, words.atMost(MAX_ID)).transform(cleanText);

/** A note to add; without `linkId` about all links. */
export const NewNote = z.strictObject({ at, text, linkId: linkId.nullable().default(null) });
type NewNote = z.output<typeof NewNote>;

/** Changes to a note. */
export const NoteChange = z.strictObject({ at, text }).partial();
type NoteChange = z.output<typeof NoteChange>;

/** Whether a reader sees all links, and so notes about all of them. */
const isUnlimited = ({ links }: Scope) => links === null;

/** Which of some links the reader may see. */
async function visible(scope: Scope, linkIds: readonly string[]): Promise<string[]> {
  if (linkIds.length === 0) return [];
  return [...(await answer(question(scope, { kind: "labels", ids: linkIds }))).keys()];
}

/** A note with the time that it is about: its local day, or its instant. */
export type PlacedNote = Note & ClosedSpan;

function placedIn({ id, text, at, wholeDay, linkId }: StoredNote, zone: string): PlacedNote {
  const from = wholeDay ? fromLocal(at.getTime(), zone) : at;
  const to = wholeDay ? fromLocal(at.getTime() + DAY, zone) : new Date(at.getTime() + 1);
  const local = localIso(from.getTime(), zone);
  const time = wholeDay ? null : local.slice(11, 16);
  const when = wholeDay ? date(at, "UTC") : minute(at, zone);
  const day = wholeDay ? at.toISOString().slice(0, 10) : local.slice(0, 10);
  return { id, text, when, day, time, ofLink: linkId !== null, from, to };
}

/** Ids of the links that a question is about; none if it is about all. */
export const linksOf = ({ conditions }: Pick<Filters, "conditions">): string[] =>
  conditions
    .filter(({ field, op }) => field === "linkId" && op === "is")
    .flatMap(({ values }) => values.filter((value) => value !== null));

/** The notes in the range of a question: about all links, and about those that it is about. By time. */
export async function notesIn(scope: Scope, filters: Filters): Promise<PlacedNote[]> {
  const { range, zone } = filters;
  const linkIds = await visible(scope, linksOf(filters));
  // A day begins and ends up to 14 hours from that of UTC.
  const near = {
    ...(range.from && { gte: new Date(range.from.getTime() - 2 * DAY) }),
    ...(range.to && { lt: new Date(range.to.getTime() + DAY) }),
  };
  const where = { at: near, OR: [...(isUnlimited(scope) ? [{ linkId: null }] : []), { linkId: { in: linkIds } }] };
  const found = await readOr(
    () => db().note.findMany({ where }),
    () => [],
  );
  return found
    .map((note) => placedIn(note, zone))
    .filter(({ from, to }) => (range.from === null || to > range.from) && (range.to === null || from < range.to))
    .sort((a, b) => a.from.getTime() - b.from.getTime() || (a.id < b.id ? -1 : 1));
}

/** A note as the API gives it. */
const shown = ({ id, text, at, wholeDay, linkId }: StoredNote) => ({
  id,
  text,
  at: wholeDay ? at.toISOString().slice(0, 10) : at.toISOString(),
  linkId,
});

/** One note. @throws AppError not_found when there is none, or it is about a link that the reader may not see */
async function readNote(scope: Scope, id: string): Promise<StoredNote> {
  const note = await db().note.findUnique({ where: { id } });
  const isSeen = note && (note.linkId === null ? isUnlimited(scope) : (await visible(scope, [note.linkId])).length > 0);
  if (!isSeen) throw new AppError("not_found", words.notes.gone);
  return note;
}

/** Adds a note, for everybody who may read here. @throws AppError when there are too many, or without such a link */
export async function createNote(scope: Scope & Person, { at, text, linkId }: NewNote) {
  if (linkId === null ? !isUnlimited(scope) : (await visible(scope, [linkId])).length === 0)
    throw new AppError("unprocessable_entity", `linkId: ${linkId === null ? words.notes.ofLink : words.notes.link}`);
  if ((await db().note.count()) >= MAX_NOTES)
    throw new AppError("unprocessable_entity", words.notes.tooMany(MAX_NOTES));
  return shown(await db().note.create({ data: { id: randomUUID(), ...at, text, linkId, createdBy: scope.userId } }));
}

/** Changes the text or the time of a note, whoever wrote it. @throws AppError not_found */
export async function changeNote(scope: Scope, id: string, { at, text }: NoteChange) {
  const note = await readNote(scope, id);
  const change = { ...at, ...(text !== undefined && { text }) };
  const { count } = await db().note.updateMany({ where: { id }, data: change });
  if (count === 0) throw new AppError("not_found", words.notes.gone);
  return shown({ ...note, ...change });
}

/** Deletes a note, whoever wrote it. @throws AppError not_found */
export async function deleteNote(scope: Scope, id: string): Promise<void> {
  await readNote(scope, id);
  await db().note.deleteMany({ where: { id } });
}
