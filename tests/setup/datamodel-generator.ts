import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

type Call = { id: number; method: string; params: { dmmf: unknown } };

// A Prisma generator in a few lines: it is asked on standard input and answers on standard error. It writes down what
// Prisma understood of the schema, which the generated client keeps only a part of.
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line) as Call;
  if (method === "generate") writeFileSync(process.env.DATAMODEL_FILE ?? "", JSON.stringify(params.dmmf));
  const result = method === "getManifest" ? { manifest: { prettyName: "Data model" } } : null;
  process.stderr.write(`${JSON.stringify({ jsonrpc: "2.0", id, result })}\n`);
});
