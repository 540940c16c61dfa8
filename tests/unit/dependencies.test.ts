import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import packageJson from "@/package.json";

const FOLDERS = ["app", "components", "lib", "scripts"];
const FILES = ["next.config.ts", "postcss.config.mjs", "prisma.config.ts", "proxy.ts", "server.ts", "jobs.ts"];
/** Only ever run by who changes what they make, which git keeps: the map, and the figures of ingest. */
const FOR_DEVELOPMENT = [join("scripts", "world-map.ts"), join("scripts", "bench", "ingest.ts")];
const BUILT_IN = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/** Names of the packages that a file asks for; our own files begin with a dot or @/. */
function packagesOf(source: string): string[] {
  const statements = source.matchAll(/(?:^(?:import|\}) (?:[^"\n]* )?from |^@?import |\bimport\()"([^".][^"]*)"/gm);
  const specifiers = [...statements].map(([, name = ""]) => name);
  return specifiers
    .filter((name) => !name.startsWith("@/") && !BUILT_IN.has(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => /\.(tsx?|css)$/.test(path) && !path.startsWith(join("lib", "generated")));
}

test("what runs in production is installed without the test tools", () => {
  const files = [...FOLDERS.flatMap(sourcesBelow), ...FILES].filter((path) => !FOR_DEVELOPMENT.includes(path));
  const asked = new Set(files.flatMap((path) => packagesOf(readFileSync(path, "utf8"))));
  expect(asked).toContain("tailwindcss");
  expect([...asked].filter((name) => !(name in packageJson.dependencies))).toEqual([]);
});

test("every package is checked against what it was when it was chosen, on every platform", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>;
  };
  // A bundled package is part of the one that brings it.
  const fetched = Object.entries(packages).filter(([name, { link, inBundle }]) => name !== "" && !link && !inBundle);
  expect(fetched.length).toBeGreaterThan(400);
  expect(fetched.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([name]) => name)).toEqual([]);
});
