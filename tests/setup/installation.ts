import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { OWNER, SECRET, serverUrl, under } from "./e2e";
import { freePort, startFootfall } from "./footfall";

const START_MS = 180_000;

/**
 * Playwright's `test`, for specs that need a production server: each worker starts one of its own the way users start it,
 * without a click, and stops it at the end. Specs that follow each other in a worker begin with `emptied`.
 */
export const test = base.extend<object, { settings: Record<string, string>; installation: string }>({
  /** Environment variables that a spec needs to be others; an empty one is unset. */
  settings: [{}, { scope: "worker", option: true }],
  installation: [
    async ({ settings }, use) => {
      const directory = mkdtempSync(join(tmpdir(), "footfall-e2e-"));
      const port = settings.PORT ?? String(await freePort());
      const server = startFootfall({
        PORT: port,
        DATA_DIR: directory,
        ADMIN_EMAIL: OWNER.email,
        ADMIN_PASSWORD: OWNER.password,
        DUB_WEBHOOK_SECRET: SECRET,
        DEFAULT_BOTS: "include",
        LOG_LEVEL: "warn",
        ...settings,
      });
      await server.line("Footfall is ready");
      under.test = { url: `http://localhost:${port}`, directory };
      await use(directory);
      process.kill(server.pid, "SIGTERM");
      await server.exit;
      rmSync(directory, { recursive: true });
    },
    { scope: "worker", auto: true, timeout: START_MS },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  baseURL: async ({}, use) => use(serverUrl()),
});
