import { assertProgram } from "@/lib/account/own-origins";
import { reading } from "@/lib/account/reading";
import { answerMcp } from "@/lib/api/mcp/server";
import { env } from "@/lib/base/env";
import { otherMethods } from "@/lib/base/http/route";
import { homeOf } from "@/lib/deliveries/webhook-url";

/** The Model Context Protocol: assistants ask with an API key that has the scope `read`. */
export const POST = reading("read", async (request, scope) => {
  assertProgram(request, env().PUBLIC_URL);
  const response = await answerMcp(request, { scope, now: new Date(), home: homeOf(request.headers) });
  response.headers.set("Cache-Control", "no-store");
  return response;
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
