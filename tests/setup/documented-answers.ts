import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { type Json, openApi } from "@/lib/api/openapi/document";

const document = openApi();
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, "document");

const paths = Object.entries(document.paths as Record<string, Record<string, Json>>)
  // Addresses without a name in them come first.
  .toSorted(([a], [b]) => Number(a.includes("{")) - Number(b.includes("{")))
  .map(([path, methods]) => ({ path, methods, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`) }));

/** The path of a part of the document, as a reference to it. */
const pointer = (...keys: string[]): string =>
  `document#/${keys.map((key) => encodeURIComponent(key.replace(/~/g, "~0").replace(/\//g, "~1"))).join("/")}`;

/** @throws when the answer to a request isn't as the document says */
export async function assertDocumented(request: Request, response: Response): Promise<void> {
  const { pathname } = new URL(request.url);
  const found = paths.find(({ pattern }) => pattern.test(pathname));
  const method = request.method.toLowerCase();
  if (!found?.methods[method]) return;
  // A session is answered there as the pages are.
  if (
    /^\/api\/(analytics|events)$/.test(pathname) &&
    !request.headers.get("authorization")?.startsWith("Bearer footfall_") &&
    response.ok
  )
    return;
  const where = `${request.method} ${pathname} ${response.status}`;
  const type = (response.headers.get("content-type") ?? "").replace(/;.*/, "");
  const keys = ["paths", found.path, method, "responses", String(response.status), "content", type];
  const content = keys.reduce<unknown>((part, key) => (part as Json | undefined)?.[key], document);
  expect(content, `${where} ${type} isn't in the document`).toBeDefined();
  if (type !== "application/json") return;
  const validate = ajv.getSchema(pointer(...keys, "schema"));
  const body = await response.clone().json();
  expect(
    validate?.(body) ? [] : (validate?.errors ?? ["no schema"]),
    `${where}: ${JSON.stringify(body).slice(0, 500)}`,
  ).toEqual([]);
}
