import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OWNER, SECRET } from "./e2e";
import { startFootfall } from "./footfall";

/** Starts one production server for all specs, the way users start it, and stops it at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "footfall-e2e-"));
  const server = startFootfall({
    PORT: process.env.E2E_PORT ?? "",
    DATA_DIR: directory,
    ADMIN_EMAIL: OWNER.email,
    ADMIN_PASSWORD: OWNER.password,
    DUB_WEBHOOK_SECRET: SECRET,
    LOG_LEVEL: "warn",
  });
  await server.line("Footfall is ready");
  return async () => {
    process.kill(server.pid, "SIGTERM");
    await server.exit;
    rmSync(directory, { recursive: true });
  };
}
