import { handleAuth } from "@/lib/access/handler";
import { route } from "@/lib/http";

export const GET = route((request) => handleAuth(request));
export const POST = route((request) => handleAuth(request));
