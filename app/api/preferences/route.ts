import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { changePreferences, MAX_PREFERENCES_BYTES, PreferencesChange } from "@/lib/account/preferences";
import { requireApiViewer } from "@/lib/account/session";
import { assertPower } from "@/lib/account/viewer";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

/** Changes the caller's time zone and week start, and how pages treat bots for everybody. */
export const PATCH = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const change = await readJson(request, PreferencesChange, MAX_PREFERENCES_BYTES);
  if (change.bots !== undefined) assertPower(viewer, "settings");
  await changePreferences(viewer, change);
  await record("preferences.change", personActor(viewer), { detail: change, headers: request.headers });
  return Response.json(change, { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods({ PATCH });
