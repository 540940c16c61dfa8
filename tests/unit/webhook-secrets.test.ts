import { expect, test } from "vitest";
import { open, seal, secretId } from "@/lib/deliveries/secrets/secret";

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
