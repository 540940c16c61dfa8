import { handleAuth } from "@/lib/account/sign-in";
import { otherMethods, route } from "@/lib/base/http/route";

export const GET = route((request) => handleAuth(request));
export const POST = route((request) => handleAuth(request));

export const { HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET, POST });
