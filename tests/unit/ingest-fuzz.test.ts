import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutPasswords } from "@/lib/ingest/passwords";
import { readDelivery } from "@/lib/ingest/payload";
import { bytes, clickPayload, linkPayload } from "@/tests/factory";

const NOW = new Date("2026-08-15T10:16:41.000Z");
const KINDS = ["click", "link", "test", "ignored", "quarantined"];

/** JSON of every kind, with odd keys and text that is not well-formed. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "Unknown",
    "",
    "\0",
    "\uD800",
    "__proto__",
    "https://",
    "https://[",
    "%",
    "2026-13-01T00:00:00Z",
    1e308,
    -0,
  ),
);
const fields = (names: string[]) => fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor"), value);
const event = fc.constantFrom(
  "link.clicked",
  "link.created",
  "link.updated",
  "link.deleted",
  "lead.created",
  "toString",
);

const almostClicks = fc
  .record({
    click: fields([
      "id",
      "timestamp",
      "url",
      "country",
      "region",
      "referer",
      "refererUrl",
      "qr",
      "ua",
      "ip",
      "trigger",
    ]),
    link: fields(["id", "domain", "key", "title", "tags", "archived", "password", "createdAt", "updatedAt"]),
    event,
  })
  .map((overrides) => JSON.stringify(clickPayload(overrides)));
const almostLinks = fc
  .tuple(event, fields(["id", "tags", "updatedAt", "password"]))
  .map(([name, link]) => JSON.stringify(linkPayload(name, link)));
const anyJson = fc
  .record({ event: fc.oneof(event, value), data: value, id: value })
  .map((json) => JSON.stringify(json));
const cut = fc.tuple(almostClicks, fc.nat(3_000)).map(([text, length]) => text.slice(0, length));
const garbage = fc.uint8Array({ maxLength: 300 });

test("whatever is signed and sent is read as one of the outcomes, and nothing is thrown", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.oneof(almostClicks, almostLinks, anyJson, cut, garbage), (body) => {
      const { kind, receipt } = readDelivery(bytes(body), NOW);
      expect(KINDS).toContain(kind);
      expect(receipt.receivedAt).toBe(NOW);
      seen.add(kind);
    }),
    { numRuns: 5_000, seed: 1 },
  );
  expect([...seen].sort()).toEqual(["click", "ignored", "link", "quarantined"]);
});

test("removing passwords leaves JSON that says the same otherwise", () => {
  const blank = (text: string) =>
    JSON.stringify(JSON.parse(text, (key, item: unknown) => (key === "password" ? null : item)));
  fc.assert(
    fc.property(fc.oneof(almostClicks, almostLinks), (text) => {
      expect(blank(withoutPasswords(bytes(text)).toString())).toBe(blank(text));
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
      expect(withoutPasswords(Buffer.from(body)).toString()).not.toContain("hunter2");
    }),
    { numRuns: 5_000, seed: 1 },
  );
});
