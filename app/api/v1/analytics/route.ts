import { reading } from "@/lib/account/reading";
import { analyticsOf } from "@/lib/api/v1/analytics";
import { paramsOf } from "@/lib/api/v1/params";
import { answerSeveral, MAX_BODY, Questions } from "@/lib/api/v1/several";
import { readJson } from "@/lib/base/http/body";
import { fresh, otherMethods } from "@/lib/base/http/route";

/** Answers a question about clicks, with the pages' filters and settings; `groupBy` says what is counted. */
export const GET = reading("read", async (request, scope, _context, by) =>
  fresh(await analyticsOf(scope, paramsOf(request, by), new Date())),
);

/** Answers several questions, as of the same moment. */
export const POST = reading("read", async (request, scope) => {
  const { questions } = await readJson(request, Questions, MAX_BODY);
  return fresh({ answers: await answerSeveral(scope, questions, new Date()) });
});

export const { HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET, POST });
