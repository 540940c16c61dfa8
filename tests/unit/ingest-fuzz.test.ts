import fc from "fast-check";
import { expect, test } from "vitest";
import { redacted } from "@/lib/deliveries/redact";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes } from "@/tests/factory";
import { almostClicks, almostLinks, hostileBodies, hugeBodies } from "@/tests/hostile-bodies";

const NOW = new Date("2026-08-15T10:16:41.000Z");
const KINDS = ["click", "link", "test", "ignored", "quarantined"];

test("whatever is signed and sent is read as one of the outcomes, and nothing is thrown", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(hostileBodies, (body) => {
      const { kind, receipt } = readDelivery(SENDER, bytes(body), NOW);
      expect(KINDS).toContain(kind);
      expect(receipt.receivedAt).toBe(NOW);
      seen.add(kind);
    }),
    { numRuns: 5_000, seed: 1 },
  );
  expect([...seen].sort()).toEqual(["click", "ignored", "link", "quarantined"]);
});

test("what is huge or deep is read as well", () => {
  for (const body of hugeBodies) expect(KINDS).toContain(readDelivery(SENDER, bytes(body), NOW).kind);
});

test("removing passwords leaves JSON that says the same otherwise", () => {
  const blank = (text: string) =>
    JSON.stringify(JSON.parse(text, (key, item: unknown) => (key === "password" ? null : item)));
  fc.assert(
    fc.property(fc.oneof(almostClicks, almostLinks), (text) => {
      expect(blank(redacted(bytes(text)).toString())).toBe(blank(text));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test("a password is removed from whatever stands around it", () => {
  const pieces = fc.array(fc.constantFrom('"password"', ":", "{", "[", "]", "}", '"', "\\", "x", ",", " "));
  const garbage = pieces.map((parts) => parts.join(""));
  fc.assert(
    fc.property(garbage, garbage, (before, after) => {
      const body = `${before}"password": "hunter2"${after}`;
      expect(redacted(Buffer.from(body)).toString()).not.toContain("hunter2");
    }),
    { numRuns: 5_000, seed: 1 },
  );
});
