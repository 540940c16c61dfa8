import { rmSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { GET } from "@/app/api/health/route";
import { POST } from "@/app/api/webhooks/dub/route";
import { clickPayload, signed } from "@/tests/factory";
import { forgetFacts } from "@/tests/setup/facts";

/** A file stands where the spool's directory should be. */
const spool = await vi.hoisted(async () => {
  const { mkdtempSync, writeFileSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  process.env.DATA_DIR = mkdtempSync(`${tmpdir()}/footfall-no-spool-`);
  writeFileSync(`${process.env.DATA_DIR}/spool`, "a file");
  return `${process.env.DATA_DIR}/spool`;
});

const deliver = async (id: string) => {
  const response = await POST(signed(clickPayload({ click: { id } })), undefined);
  return { status: response.status, ...((await response.json()) as object) };
};
const problems = async () => {
  forgetFacts();
  const response = await GET(new Request("http://localhost/api/health"), undefined);
  const { status, problems } = (await response.json()) as { status: string; problems: { id: string }[] };
  return [response.status, status, ...problems.map(({ id }) => id)];
};

test("without a spool directory deliveries go to the database, health says so, and once it is there all is well", async () => {
  expect(await deliver("a")).toEqual({ status: 202, outcome: "counted" });
  expect(await problems()).toEqual([200, "ok", "spool-unusable"]);
  rmSync(spool);
  expect(await deliver("b")).toEqual({ status: 202, outcome: "counted" });
  expect(await problems()).toEqual([200, "ok"]);
});
