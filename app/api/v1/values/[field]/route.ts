import { reading } from "@/lib/account/reading";
import { paramsOf } from "@/lib/api/v1/params";
import { valuesOf } from "@/lib/api/v1/values";
import { fresh, otherMethods } from "@/lib/base/http/route";

type Context = { params: Promise<{ field: string }> };

/** Values of one field with their clicks, most clicks first. */
export const GET = reading<Context>("read", async (request, scope, { params }, by) =>
  fresh(await valuesOf(scope, (await params).field, paramsOf(request, by), new Date())),
);

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
