import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";
import { MAX_FOLDER_BYTES, NamedFolder, nameFolder } from "@/lib/click/folders";

/** Names a folder, for everybody. */
export const PATCH = route(async (request) => {
  const viewer = await requireApiViewer(request, "operate");
  const folder = await readJson(request, NamedFolder, MAX_FOLDER_BYTES);
  await nameFolder(folder);
  await record("folder.rename", personActor(viewer), {
    target: `${folder.name || "No name"} (${folder.id})`,
    headers: request.headers,
  });
  return Response.json(folder, { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods({ PATCH });
