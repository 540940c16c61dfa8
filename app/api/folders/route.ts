import { requireApiViewer } from "@/lib/access/session";
import { MAX_FOLDER_BYTES, NamedFolder, nameFolder } from "@/lib/folders";
import { otherMethods, route } from "@/lib/http";
import { readJson } from "@/lib/json";

/** Gives a folder a name, for everybody. */
export const PATCH = route(async (request) => {
  await requireApiViewer(request);
  const folder = await readJson(request, NamedFolder, MAX_FOLDER_BYTES);
  await nameFolder(folder);
  return Response.json(folder, { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods({ PATCH });
