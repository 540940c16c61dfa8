import "server-only";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";

/** A secret of the settings as it is stored: encrypted. */
export type SealedSecret = { id: number; sealed: Uint8Array };

const Copy = z.array(
  z.object({ id: z.number(), sealed: z.base64().transform((text): Uint8Array => Buffer.from(text, "base64")) }),
);

const fileOf = () => join(env().DATA_DIR, "webhook-secrets.json");

/** Keeps the sealed secrets beside the database, for a start while it is away. A copy that fails is only missed then. */
export async function writeCopy(secrets: readonly SealedSecret[]): Promise<void> {
  const file = fileOf();
  const rows = secrets.map(({ id, sealed }) => ({ id, sealed: Buffer.from(sealed).toString("base64") }));
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(env().DATA_DIR, { recursive: true });
    await writeFile(draft, JSON.stringify(rows), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    log.warn({ err: error }, "secrets: write of the local copy failed");
  }
}

/** The copy, or null when there is none that can be read. */
export async function readCopy(): Promise<SealedSecret[] | null> {
  try {
    return Copy.parse(JSON.parse(await readFile(fileOf(), "utf8")));
  } catch {
    return null;
  }
}
