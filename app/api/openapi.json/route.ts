import { openApi } from "@/lib/api/openapi/document";
import { otherMethods, route } from "@/lib/base/http/route";

/** The description of the API in OpenAPI 3.1, for everybody: it names no link and no click. */
export const GET = route(async () => Response.json(openApi(), { headers: { "Cache-Control": "max-age=300" } }));

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
