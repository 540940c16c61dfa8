import { otherMethods, route } from "@/lib/base/http/route";
import { answerHealth, isStrict } from "@/lib/health/answer";

/** Health of this server. In production `serveHealth` answers GET, before Next. */
export const GET = route((request) => answerHealth(isStrict(new URL(request.url).search)));

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
