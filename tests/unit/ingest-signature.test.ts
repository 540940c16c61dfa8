import { expect, test } from "vitest";
import { sign, signerOf } from "@/lib/senders/dub/dub";

const SECRET = "whsec_6f9f3a63705c44206ca655813bf91b61";
const BODY = Buffer.from('{"id":"evt_test","event":"link.clicked","createdAt":"2026-01-01T00:00:00.000Z","data":{}}');
const SIGNATURE = "4d261f165eaa8806df22b5348e5a4dedea4fd135ce1d4b0f586784d22d5809c6";

const isSignedBy = (body: Uint8Array, header: string | null, values: string[]) =>
  signerOf(
    body,
    header,
    values.map((value) => ({ value })),
  ) !== null;

test("Dub's signature of a known body and secret is the known one", () => {
  expect(sign(BODY, SECRET)).toBe(SIGNATURE);
  expect(isSignedBy(BODY, SIGNATURE, [SECRET])).toBe(true);
});

test("any live secret may have signed", () => {
  expect(isSignedBy(BODY, SIGNATURE, ["whsec_new", SECRET])).toBe(true);
  expect(isSignedBy(BODY, SIGNATURE, [SECRET, "whsec_new"])).toBe(true);
  expect(isSignedBy(BODY, SIGNATURE, ["whsec_new"])).toBe(false);
  expect(isSignedBy(BODY, SIGNATURE, [])).toBe(false);
  const secrets = [
    { id: 1, value: "whsec_new" },
    { id: 2, value: SECRET },
  ];
  expect(signerOf(BODY, SIGNATURE, secrets)).toEqual({ id: 2, value: SECRET });
});

test("one altered byte of the body is noticed", () => {
  const altered = Buffer.from(BODY);
  altered[10] = (altered[10] ?? 0) ^ 1;
  expect(isSignedBy(altered, SIGNATURE, [SECRET])).toBe(false);
  expect(isSignedBy(Buffer.concat([BODY, Buffer.from("\n")]), SIGNATURE, [SECRET])).toBe(false);
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
  expect(isSignedBy(BODY, header, [SECRET])).toBe(false);
});

test("a body that is not ASCII is signed by its bytes", () => {
  const body = Buffer.from("\uFEFF{“title”: “Grüße, 東京 🗼”}");
  expect(isSignedBy(body, sign(body, SECRET), [SECRET])).toBe(true);
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
  expect(isSignedBy(bytes, sign(bytes, SECRET), [SECRET])).toBe(true);
});
