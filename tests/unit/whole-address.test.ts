import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test.each([
  ["delete-clicks", ["--ip", "203.0.113.0", "--yes"]],
  ["export-visitor", ["--ip", "[2001:db8:1::]:443", "--output", "nowhere.ndjson"]],
])("%s refuses what a truncated address is stored as, before it asks the database", (name, options) => {
  const command = ["--conditions=react-server", "--import", "tsx", `scripts/${name}.ts`, ...options];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  expect(stderr).toContain("it stands for everybody in its network");
  expect(status).toBe(1);
});
