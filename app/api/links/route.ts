import { requireApiViewer } from "@/lib/account/session";
import { freeText } from "@/lib/base/clean";
import { otherMethods, route } from "@/lib/base/http/route";
import { answer } from "@/lib/question/answer";
import { assertAnswerable, unknownParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";

/** The newest links with `search` in their title, key, short link or destination. */
export const GET = route(async (request) => {
  const scope = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  assertAnswerable({ problems: unknownParams(searchParams, "api/links") });
  const search = freeText(searchParams.get("search")) ?? "";
  const links = await answer(question(scope, { kind: "linkSearch", search }));
  return Response.json({ links }, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
