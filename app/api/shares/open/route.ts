import { answerForm, leaveFor, readForm } from "@/lib/account/entry";
import { enterPassword } from "@/lib/account/shares/open";
import { sharePath } from "@/lib/account/shares/share";
import { otherMethods, route } from "@/lib/base/http/route";

/** The form for the password of a share link, which opens it in this browser. */
export const POST = route((request) =>
  answerForm(request, async () => {
    const form = await readForm(request);
    const token = form("token");
    const cookie = await enterPassword(token, form("password"), request.headers);
    return leaveFor(request, sharePath(encodeURIComponent(token)), [cookie]);
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
