import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DIMENSIONS } from "@/lib/click/dimensions";

test("the README's table of dimensions is the list of dimensions", () => {
  const readme = readFileSync("README.md", "utf8");
  const table = readme.split("<!-- dimensions -->")[1]?.split("<!-- /dimensions -->")[0] ?? "";
  const rows = table.trim().split("\n").slice(2);
  expect(rows).toEqual(
    DIMENSIONS.map(({ key, groupBy, label, none }) => `| \`${key}\` | \`${groupBy}.csv\` | ${label} | ${none} |`),
  );
});
