import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePort, startFootfall } from "../setup/footfall";

const directory = mkdtempSync(join(tmpdir(), "footfall-refusal-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Last paragraph and exit code of a start that is expected to fail. */
async function refusal(settings: Record<string, string>) {
  const footfall = startFootfall({ PORT: String(await freePort()), DATA_DIR: join(directory, "data"), ...settings });
  const code = await footfall.exit;
  return { code, words: footfall.output().split("\n\n").at(-1)?.trim() };
}

test("a port in use is named", async () => {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as { port: number };

  expect(await refusal({ PORT: String(port) })).toEqual({
    code: 1,
    words: `Port ${port} is in use. Stop the other program or set PORT to another number.`,
  });
  server.close();
});

test("a data directory below a file is named", async () => {
  const file = join(directory, "file");
  writeFileSync(file, "");
  const below = join(file, "data");

  expect(await refusal({ DATA_DIR: below })).toEqual({
    code: 1,
    words: `The data directory ${below} is not a directory, or is below a file. Set DATA_DIR to another path.`,
  });
});

test("every bad setting is named, and none of their values", async () => {
  const settings = {
    PORT: "http",
    LOG_LEVEL: "loud",
    DATABASE_URL: "mysql://u:hidden@h/d",
    ADMIN_EMAIL: "o@example.com",
  };

  expect(await refusal(settings)).toEqual({
    code: 1,
    words: [
      "Invalid settings:",
      "  PORT must be a number",
      "  DATABASE_URL must look like postgresql://user:password@host:5432/database",
      "  LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent",
      "  ADMIN_PASSWORD must be set together with ADMIN_EMAIL",
    ].join("\n"),
  });
});

test("an unreachable database is named without its password", async () => {
  const port = await freePort();

  expect(await refusal({ DATABASE_URL: `postgresql://user:hidden@127.0.0.1:${port}/footfall` })).toEqual({
    code: 1,
    words: `The database at 127.0.0.1:${port} isn't responding. Start it, or correct DATABASE_URL.`,
  });
});
