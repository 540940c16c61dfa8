import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const ROOTS = ["app", "components", "lib", "scripts"];

const sources = ROOTS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("lib/generated/")),
).concat("proxy.ts", "server.ts", "jobs.ts");

/** The modules of ours that a file imports, but for types alone: paths from the root, without an extension. */
function imported(path: string): string[] {
  const source = readFileSync(path, "utf8").replace(/^(?:import|export) type [^;]*;/gms, "");
  const specifiers = [...source.matchAll(/\b(?:from|import) ?\(?"((?:@\/|\.)[^"]+)"/g)].map(([, name = ""]) => name);
  return specifiers.map((name) =>
    name.startsWith("@/") ? name.slice(2) : relative(".", join(dirname(path), name)).replace(/\.tsx?$/, ""),
  );
}

const importersOf = (isIt: (module: string) => boolean): string[] =>
  sources.filter((path) => imported(path).some(isIt)).sort();

const isAnswering = (path: string) => path.startsWith("lib/question/answer/");

test("only what answers questions asks an engine", () => {
  const importers = importersOf((module) => module === "lib/engines/engine");
  expect(importers.length).toBeGreaterThan(3);
  expect(importers.filter((path) => !isAnswering(path))).toEqual([]);
});

test("the mirror itself is known to who starts it, who tells of its health, and the engine", () => {
  const importers = importersOf((module) => module.startsWith("lib/engines/duckdb/"));
  expect(importers.filter((path) => !path.startsWith("lib/engines/duckdb/"))).toEqual([
    "jobs.ts",
    "lib/engines/engine.ts",
    // Reads rows of COPY as the mirror does.
    "lib/engines/parquet.ts",
    "lib/health/read.ts",
    "lib/health/stored.ts",
    "server.ts",
  ]);
});

test("what answers questions is reached through `answer` alone", () => {
  const importers = importersOf((module) => module.startsWith("lib/question/answer/"));
  expect(importers.filter((path) => !isAnswering(path))).toEqual([
    "lib/question/answer.ts",
    // Times the statements on each engine, without a server.
    "scripts/bench/questions.ts",
  ]);
});

test("of lib/question only what answers reads a database, and nothing of it draws", () => {
  const files = sources.filter((path) => path.startsWith("lib/question/"));
  expect(files.filter((path) => !isAnswering(path) && imported(path).includes("lib/base/db"))).toEqual([]);
  const drawing = /from "(react|next)\b|from "@\/(app|components)\//;
  expect(files.filter((path) => drawing.test(readFileSync(path, "utf8")))).toEqual([]);
});

test("no page and no component reads a database", () => {
  expect(importersOf((module) => module === "lib/base/db").filter((path) => /^(app|components)\//.test(path))).toEqual(
    [],
  );
});

test("no function takes a viewer that it ignores", () => {
  expect(sources.filter((path) => /_viewer\b/.test(readFileSync(path, "utf8")))).toEqual([]);
});
