import { sharePicture } from "@/components/shares/picture";
import { countAttempt } from "@/lib/account/attempts";
import { openShare, readerName } from "@/lib/account/shares/open";
import { readShared } from "@/lib/account/shares/store";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

type Context = { params: Promise<{ token: string }> };

/** The picture of a share link for programs that preview links, if its maker chose to have one. */
export const GET = route<Context>(async (request, { params }) => {
  await countAttempt("share", request.headers);
  const opened = await openShare((await params).token, request.headers);
  if (!opened || opened.isLocked || !opened.share.hasPicture) throw new AppError("not_found", words.shares.closed);
  const { filters, scope } = readShared(opened.share, new URLSearchParams(), new Date());
  const asker = readerName(opened.share, request.headers);
  return sharePicture(opened.share.name, filters, { ...scope, asker });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
