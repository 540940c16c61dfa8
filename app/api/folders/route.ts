import { requireApiViewer } from "@/lib/account/session";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";
import { MAX_FOLDER_BYTES, NamedFolder, nameFolder } from "@/lib/click/folders";

/** Names a folder, for everybody. */
export const PATCH = route(async (request) => {
  await requireApiViewer(request);
  const folder = await readJson(request, NamedFolder, MAX_FOLDER_BYTES);
  await nameFolder(folder);
  return Response.json(folder, { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods({ PATCH });
