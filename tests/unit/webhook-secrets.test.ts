import { expect, test } from "vitest";
import { isAllowed, readAllowList } from "@/lib/allow-list";
import { open, seal } from "@/lib/ingest/secrets/seal";
import { secretId } from "@/lib/ingest/secrets/secret";

const KEY = "a server key of at least 32 characters";
const VALUE = "whsec_6f9f3a63705c44206ca655813bf91b61";

test("a sealed secret opens with its own key and id alone, and not when a bit was changed", () => {
  const sealed = seal(VALUE, 7, KEY);
  expect(open(sealed, 7, KEY)).toBe(VALUE);
  expect(open(sealed, 8, KEY)).toBeNull();
  expect(open(sealed, 7, `${KEY}.`)).toBeNull();
  expect(sealed.includes(VALUE)).toBe(false);
  expect(seal(VALUE, 7, KEY)).not.toEqual(sealed);
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(open(altered, 7, KEY)).toBeNull();
  }
  expect(open(sealed.subarray(0, 20), 7, KEY)).toBeNull();
});

test("a secret's id follows from it and the server's key", () => {
  expect(secretId(VALUE, KEY)).toBe(secretId(VALUE, KEY));
  expect(secretId(VALUE, KEY)).not.toBe(secretId(VALUE, `${KEY}.`));
  expect(secretId("whsec_other", KEY)).toBeLessThan(2 ** 31);
});

test("senders are let in by their address, as the nearest proxy saw it", () => {
  const list = readAllowList("203.0.113.7, 198.51.100.0/24,2001:db8::/32,");
  for (const forwarded of [
    "203.0.113.7",
    "10.0.0.1, 203.0.113.7",
    "198.51.100.200",
    "::ffff:203.0.113.7",
    "2001:db8::1",
  ])
    expect(isAllowed(list, forwarded), forwarded).toBe(true);
  for (const forwarded of [null, "", "203.0.113.8", "203.0.113.7, 10.0.0.1", "2001:db9::1", "nonsense"])
    expect(isAllowed(list, forwarded), String(forwarded)).toBe(false);
  for (const text of ["dub.co", "203.0.113.7/33", "203.0.113.0/", "1.2.3.4/8/8", "203.0.113"])
    expect(() => readAllowList(text)).toThrow(text);
});
