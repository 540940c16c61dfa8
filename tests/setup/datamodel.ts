import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/run";

export type Field = {
  name: string;
  dbName?: string;
  kind: "scalar" | "object" | "enum" | "unsupported";
  isRequired: boolean;
  type: string;
  /** Name and arguments of the `@db.` attribute. */
  nativeType: [string, string[]] | null;
  /** A literal, or a function by its name. */
  default?: unknown;
  relationFromFields?: string[];
  relationToFields?: string[];
  relationOnDelete?: string;
  relationOnUpdate?: string;
};
export type Model = { name: string; dbName: string | null; fields: Field[] };
export type Index = {
  model: string;
  type: "id" | "unique" | "normal" | "fulltext";
  dbName: string;
  fields: { name: string; sortOrder?: "asc" | "desc" }[];
};
export type Datamodel = { models: Model[]; indexes: Index[] };

/** Everything that Prisma reads from schema.prisma, obtained as one of its generators. */
export async function readDatamodel(): Promise<Datamodel> {
  const directory = mkdtempSync(join(tmpdir(), "footfall-datamodel-"));
  const schema = join(directory, "schema.prisma");
  const file = join(directory, "datamodel.json");
  const generator =
    'generator datamodel {\n provider = "node --import tsx tests/setup/datamodel-generator.ts"\n output = "."\n}\n';
  const models = readFileSync("prisma/schema.prisma", "utf8").replace(/^generator client \{[^}]*\}/m, generator);
  writeFileSync(schema, models);
  try {
    const { code, output } = await run(
      process.execPath,
      ["node_modules/prisma/build/index.js", "generate", "--schema", schema],
      {
        env: {
          ...process.env,
          DATAMODEL_FILE: file,
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: "1",
          CHECKPOINT_DISABLE: "1",
        },
      },
    );
    if (code !== 0) throw new Error(`prisma generate failed:\n${output}`);
    return (JSON.parse(readFileSync(file, "utf8")) as { datamodel: Datamodel }).datamodel;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
