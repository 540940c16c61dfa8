import { createNote, MAX_NOTE_BYTES, NewNote } from "@/lib/account/notes/store";
import { requireApiViewer } from "@/lib/account/session";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

/** Adds a note to the charts: a date or instant, text, and the link that it is about, if it is about one. */
export const POST = route(async (request) => {
  const viewer = await requireApiViewer(request, "write");
  const note = await readJson(request, NewNote, MAX_NOTE_BYTES);
  return Response.json(await createNote(viewer, note), { status: 201 });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
