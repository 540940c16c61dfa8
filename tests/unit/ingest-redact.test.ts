import { expect, test } from "vitest";
import { redacted } from "@/lib/deliveries/redact";

const clean = (text: string) => redacted(Buffer.from(text)).toString();

test.each([
  ['{"password":"hunter2","a":1}', '{"password":null,"a":1}'],
  ['{"data":{"link":{"password" : "hunter2"}}}', '{"data":{"link":{"password" : null}}}'],
  ['[{"password":"hunter2"},{"password":"hunter2"}]', '[{"password":null},{"password":null}]'],
  ['{"password":"say \\"hunter2\\" \\\\","a":1}', '{"password":null,"a":1}'],
  ['{"password":20251,"a":1}', '{"password":null,"a":1}'],
  ['{"password":{"is":["hunter2","}"]},"a":1}', '{"password":null,"a":1}'],
  ['{"p\\u0061ssw\\u006Frd":"hunter2"}', '{"p\\u0061ssw\\u006Frd":null}'],
  ['{"password":"password\\":\\"hunter2"}', '{"password":null}'],
  ['{"password":"hunter2', '{"password":null'],
  ['{"password":"hunter2\\', '{"password":null'],
  ['{"password":["hunter2', '{"password":null'],
  ['not JSON, "password": "hunter2" though', 'not JSON, "password": null though'],
])("%s keeps everything but the password", (body, expected) => {
  expect(clean(body)).toBe(expected);
});

test.each([
  '{"title":"password","a":"hunter2"}',
  '{"tags":["password","hunter2"]}',
  '{"passwords":"hunter2"}',
  "no quotes: password: hunter2",
])("%s has no password", (body) => {
  expect(clean(body)).toBe(body);
});

test("bytes that are not UTF-8 survive", () => {
  const body = Buffer.concat([Buffer.from([0xff, 0x00, 0xc3]), Buffer.from('"password":"ü"'), Buffer.from([0x80])]);
  const expected = Buffer.concat([
    Buffer.from([0xff, 0x00, 0xc3]),
    Buffer.from('"password":null'),
    Buffer.from([0x80]),
  ]);
  expect(redacted(body)).toEqual(expected);
});

test.each([
  ["keys", '"password":['.repeat(80_000)],
  ["backslashes", `"password":"${"\\\\".repeat(500_000)}"`],
  ["one long word", `"password":"${"x".repeat(1_000_000)}"`],
])("a password of a megabyte of %s is removed", (_, body) => {
  expect(clean(body)).toBe('"password":null');
});
