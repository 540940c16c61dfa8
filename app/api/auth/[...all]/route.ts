import { handleAuth } from "@/lib/access/handler";
import { otherMethods, route } from "@/lib/http";

export const GET = route((request) => handleAuth(request));
export const POST = route((request) => handleAuth(request));

export const { HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET, POST });
