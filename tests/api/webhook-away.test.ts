import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { failuresInRow } from "@/lib/deliveries/heartbeat/server-state";
import { cachedSecrets, reloadSecrets, writeCopy } from "@/lib/deliveries/secrets/live";
import { seal, secretId, serverKey } from "@/lib/deliveries/secrets/secret";
import { decodeRecord } from "@/lib/deliveries/spool/record";
import { clickPayload, signed } from "@/tests/factory";

const directory = await vi.hoisted(async () => {
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  process.env.DATABASE_URL = "postgresql://somebody:hidden@127.0.0.1:1/nothing";
  process.env.SPOOL_MAX_BYTES = "8KB";
  process.env.DATA_DIR = mkdtempSync(`${tmpdir()}/footfall-away-`);
  return `${process.env.DATA_DIR}/spool`;
});

const deliver = (id: string) => POST(signed(clickPayload({ click: { id }, link: { password: "hidden" } })), undefined);

function waiting() {
  const files = readdirSync(directory).filter((name) => name.endsWith(".spool"));
  const text = files.map((name) => readFileSync(join(directory, name), "utf8")).join("");
  const records = text.split("\n").slice(0, -1).map(decodeRecord);
  return records.filter((record) => record !== null && record !== "erased");
}

test("while the database is away, deliveries wait on the disk in their order, without passwords, until it is full", async () => {
  for (const id of ["first", "second"]) {
    const response = await deliver(id);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ outcome: "spooled" });
  }
  const bodies = waiting().map((record) => record.body.toString());
  expect(bodies.map((body) => JSON.parse(body).data.click.id)).toEqual(["first", "second"]);
  expect(bodies.join()).not.toContain("hidden");

  const kept = Array.from({ length: 8 }, (_, index) => deliver(`more-${index}`));
  const refused = (await Promise.all(kept)).find(({ status }) => status === 503);
  expect(refused?.headers.get("retry-after")).toBe("5");
  // Authentic and not taken: the sender counts it as a failed attempt.
  expect(failuresInRow().failures).toBeGreaterThan(0);
  expect(await refused?.json()).toEqual({
    error: {
      code: "unavailable",
      message: "Neither the database nor the spool accepts writes. Send this again.",
    },
  });
});

const OTHER = "whsec_another_one_from_the_settings";
const signedWith = async (secret: string) => (await POST(signed(clickPayload(), undefined, secret), undefined)).status;

test("as long as the settings' secrets were never read, a signature may be one of theirs", async () => {
  mkdirSync(directory, { recursive: true });
  const before = waiting().length;
  expect(await signedWith(OTHER)).toBe(503);
  expect(waiting()).toHaveLength(before);
});

test("with the copy of them, theirs are taken and wrong ones are wrong", async () => {
  const key = serverKey();
  const id = secretId(OTHER, key);
  await writeCopy([{ id, sealed: seal(OTHER, id, key).toString("base64") }]);
  await reloadSecrets();
  // The spool is full by now: 503 is about that, so only the difference tells.
  expect(cachedSecrets()).toEqual([{ id, value: OTHER, source: "settings" }]);
  expect(await signedWith("whsec_nobody_knows_this_one")).toBe(401);
});
