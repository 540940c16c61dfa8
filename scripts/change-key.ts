import { existsSync } from "node:fs";
import { type Env, readEnv } from "@/lib/base/env";
import { runCommand, say } from "@/scripts/steps";
import { lockDataDir, openDataDir } from "./data-dir";
import { migrate } from "./migrate";
import { readPlace } from "./move/place";
import { startPostgres } from "./postgres/embedded";
import { changeServerKey } from "./server-key";

async function change(databaseUrl: string, { DATA_DIR, SECRET_KEY }: Env): Promise<void> {
  await migrate(databaseUrl);
  await changeServerKey(databaseUrl, DATA_DIR, SECRET_KEY);
}

async function run(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const settings = readEnv(process.env);
  openDataDir(settings.DATA_DIR);
  await lockDataDir(settings.DATA_DIR);
  const url = settings.DATABASE_URL ?? readPlace(settings.DATA_DIR);
  if (url) {
    await change(url, settings);
  } else {
    const postgres = await startPostgres(settings.DATA_DIR);
    try {
      await change(postgres.url, settings);
    } finally {
      await postgres.stop();
    }
  }
  say("The database now accepts the current key. Revoke the webhook secrets saved in Settings and add them again;");
  say("everyone has to sign in again, two-factor sign-in is off, and returning visitors count as new.");
}

await runCommand(run);
