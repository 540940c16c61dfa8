import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";

/**
 * There is nothing. A client of /mcp without a valid key looks here for a server that signs it in; the sign-in page, to which
 * pages lead, would be taken for its answer.
 */
export const GET = route(() => Promise.reject(new AppError("not_found", "There is nothing at this URL.")));

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
