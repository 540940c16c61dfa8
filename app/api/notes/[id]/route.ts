import { changeNote, deleteNote, MAX_NOTE_BYTES, NoteChange } from "@/lib/account/notes/store";
import { requireApiViewer } from "@/lib/account/session";
import { cleanText } from "@/lib/base/clean";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Changes the text or the time of a note. */
export const PATCH = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "write");
  const change = await readJson(request, NoteChange, MAX_NOTE_BYTES);
  return Response.json(await changeNote(viewer, cleanText((await params).id), change));
});

/** Deletes a note. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "write");
  await deleteNote(viewer, cleanText((await params).id));
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods({ PATCH, DELETE });
