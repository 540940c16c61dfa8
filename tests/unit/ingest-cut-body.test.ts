import { expect, test } from "vitest";
import { cutBody } from "@/lib/deliveries/privacy/cut-body";

const cut = (text: string) => cutBody(Buffer.from(text), "truncated").toString();

test.each([
  ['{"click":{"ip":"203.0.113.7, somebody"}}', '{"click":{"ip":"203.0.113.0"}}'],
  ['{"seen":"203.0.113.7, 2001:db8:1:2::3"}', '{"seen":"203.0.113.0"}'],
  ['{"seen":["203.0.113.7",{"by":"[2001:db8:1:2::3]:443"}]}', '{"seen":["203.0.113.0",{"by":"2001:db8:1::"}]}'],
  ['{"browser":{"version":"4.0.0.58","ip":"203.0.113.7"}}', '{"browser":{"version":"4.0.0.58","ip":"203.0.113.0"}}'],
])("of %s only addresses are cut", (body, expected) => {
  expect(cut(body)).toBe(expected);
});

test.each([
  '{ "version":"4.0.0.58" }',
  '{ "title":"1.2.3.4, my notes" }',
  '{ "Browser":"4.0.0.58","device":{"OS":["10.0.0.1"],"ua":"1.2.3.4"} }',
])("%s stays to the byte", (body) => {
  expect(cut(body)).toBe(body);
});

const MEGABYTE = 1_048_576;

// Work that grows with the square of the length would take hours.
test.each(["a", "1", ":", "1.", "a:", "1.2.3", "::1.", "0:"])(
  "a megabyte of %j that isn't JSON is looked at, and an address after it is cut",
  (filling) => {
    const long = filling.repeat(MEGABYTE / filling.length);
    expect(cut(`${long} from 203.0.113.7:80 ip:2001:db8:1:2::3`).slice(-34)).toBe(
      " from 203.0.113.0:80 ip:2001:db8:1::".slice(-34),
    );
  },
);
