import { expect, test } from "vitest";
import { isSigned, sign } from "@/lib/ingest/signature";

const SECRET = "whsec_6f9f3a63705c44206ca655813bf91b61";
const BODY = Buffer.from('{"id":"evt_test","event":"link.clicked","createdAt":"2026-01-01T00:00:00.000Z","data":{}}');
const SIGNATURE = "4d261f165eaa8806df22b5348e5a4dedea4fd135ce1d4b0f586784d22d5809c6";

test("Dub's signature of a known body and secret is the known one", () => {
  expect(sign(BODY, SECRET)).toBe(SIGNATURE);
  expect(isSigned(BODY, SIGNATURE, [SECRET])).toBe(true);
});

test("any live secret may have signed", () => {
  expect(isSigned(BODY, SIGNATURE, ["whsec_new", SECRET])).toBe(true);
  expect(isSigned(BODY, SIGNATURE, [SECRET, "whsec_new"])).toBe(true);
  expect(isSigned(BODY, SIGNATURE, ["whsec_new"])).toBe(false);
  expect(isSigned(BODY, SIGNATURE, [])).toBe(false);
});

test("one altered byte of the body is noticed", () => {
  const altered = Buffer.from(BODY);
  altered[10] = (altered[10] ?? 0) ^ 1;
  expect(isSigned(altered, SIGNATURE, [SECRET])).toBe(false);
  expect(isSigned(Buffer.concat([BODY, Buffer.from("\n")]), SIGNATURE, [SECRET])).toBe(false);
});

test.each([
  ["none", null],
  ["an empty one", ""],
  ["uppercase hex", SIGNATURE.toUpperCase()],
  ["one character less", SIGNATURE.slice(1)],
  ["one character more", `${SIGNATURE}0`],
  ["a line break at the end", `${SIGNATURE}\n`],
  ["a version prefix", `sha256=${SIGNATURE}`],
  ["two of them", `${SIGNATURE},${SIGNATURE}`],
  ["another one", "0".repeat(64)],
])("as a signature, %s is not valid", (_, header) => {
  expect(isSigned(BODY, header, [SECRET])).toBe(false);
});

test("a body that is not ASCII is signed by its bytes", () => {
  const body = Buffer.from("\uFEFF{“title”: “Grüße, 東京 🗼”}");
  expect(isSigned(body, sign(body, SECRET), [SECRET])).toBe(true);
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
  expect(isSigned(bytes, sign(bytes, SECRET), [SECRET])).toBe(true);
});
