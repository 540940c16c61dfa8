import { AppError } from "@/lib/base/errors";
import { route } from "@/lib/base/http/route";

/** Unknown routes: an API error for every method. */
const nothing = route(() => Promise.reject(new AppError("not_found", "There is nothing at this URL.")));

export {
  nothing as DELETE,
  nothing as GET,
  nothing as HEAD,
  nothing as OPTIONS,
  nothing as PATCH,
  nothing as POST,
  nothing as PUT,
};
