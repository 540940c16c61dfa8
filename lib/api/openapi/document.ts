import { z } from "zod";
import { SCOPES } from "@/lib/account/keys/key";
import { OPERATIONS, type Operation, TAGS } from "@/lib/api/openapi/operations";
import { Failure, shapes } from "@/lib/api/openapi/shapes";
import packageJson from "@/package.json";

/** A JSON Schema, or a part of the document. */
export type Json = Record<string, unknown>;

const reference = (id: string): string => `#/components/schemas/${id}`;

/** The schema of a shape: a reference if it has a name. */
function schemaOf(shape: z.ZodType, io: "input" | "output" = "output"): Json {
  const id = shapes.get(shape)?.id;
  if (id) return { $ref: reference(id) };
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io });
  return schema;
}

function parameter(name: string, where: "query" | "path", shape: z.ZodType): Json {
  const { description, ...schema } = schemaOf(shape, "input");
  return { name, in: where, required: where === "path", ...(description ? { description } : {}), schema };
}

const FAILURES: Record<string, string> = {
  400: "The request can’t be read.",
  401: "No key, or a wrong one.",
  403: "The key lacks the scope.",
  404: "There is nothing of that name.",
  422: "A parameter is unknown or invalid.",
  429: "Too many requests. Wait for as many seconds as Retry-After says.",
  500: "A fault of the server.",
  503: "Busy, or the database isn’t responding. Try again.",
};

const failure = (description: string): Json => ({
  description,
  content: { "application/json": { schema: schemaOf(Failure) } },
});

function operationOf({ id, tag, summary, description, query, inPath = {}, body, answers }: Operation): Json {
  const content = Object.fromEntries(
    Object.entries(answers).map(([type, shape]) => [
      type,
      { schema: shape ? schemaOf(shape) : { type: "string", format: "binary" } },
    ]),
  );
  return {
    ...{ operationId: id, tags: [tag], summary, ...(description && { description }) },
    parameters: [
      ...Object.entries(inPath).map(([name, shape]) => parameter(name, "path", shape)),
      ...Object.entries(query).map(([name, shape]) => parameter(name, "query", shape)),
    ],
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } },
    }),
    responses: {
      200: { description: "The answer.", content },
      ...Object.fromEntries(Object.entries(FAILURES).map(([status, words]) => [status, failure(words)])),
    },
  };
}

function schemas(): Json {
  const { schemas: all } = z.toJSONSchema(shapes, { uri: reference });
  return Object.fromEntries(Object.entries(all).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}

/** What scopes open, in words. `import` opens nothing yet. */
export const SCOPE_WORDS = (["read", "export"] as const)
  .map((scope) => `${scope} (${SCOPES[scope].toLowerCase()})`)
  .join(", ");

let made: Json | undefined;

/** The description of the API in OpenAPI 3.1, generated from the schemas by which answers are checked. */
export function openApi(): Json {
  made ??= {
    openapi: "3.1.0",
    info: {
      title: "Footfall",
      version: packageJson.version,
      description: `Click analytics for short links. Make a key under Settings → API keys and send it as Authorization: Bearer KEY. Its scopes: ${SCOPE_WORDS}.`,
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(
      [...new Set(OPERATIONS.map(({ path }) => path))].map((path) => [
        path,
        Object.fromEntries(
          OPERATIONS.filter((operation) => operation.path === path).map((operation) => [
            operation.method,
            operationOf(operation),
          ]),
        ),
      ]),
    ),
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: schemas(),
    },
  };
  return made;
}
