import { expect, test } from "vitest";
import { redacted } from "@/lib/deliveries/redact";

const clean = (text: string) => redacted(Buffer.from(text)).toString();

test.each([
  ['{"password":"hunter2","a":1}', '{"password":null,"a":1}'],
  ['{"data":{"link":{"password" : "hunter2"}}}', '{"data":{"link":{"password":null}}}'],
  ['[{"password":"hunter2"},{"password":"hunter2"}]', '[{"password":null},{"password":null}]'],
  ['{"password":"say \\"hunter2\\" \\\\","a":1}', '{"password":null,"a":1}'],
  ['{"password":20251,"a":1}', '{"password":null,"a":1}'],
  ['{"password":{"is":["hunter2","}"]},"a":1}', '{"password":null,"a":1}'],
  ['{"p\\u0061ssw\\u006Frd":"hunter2"}', '{"password":null}'],
  ['{"password":"password\\":\\"hunter2"}', '{"password":null}'],
  ['{"Password":"hunter2"}', '{"Password":null}'],
  ['{"customer":{"name":"Ada","email":"ada@example.com"},"a":1}', '{"customer":null,"a":1}'],
  ['{"data":{"partner":[{"name":"Ada"}],"a":1}}', '{"data":{"partner":null,"a":1}}'],
])("%s keeps everything but the secret", (body, expected) => {
  expect(clean(body)).toBe(expected);
});

test.each([
  ['{"a":1,"password":"hunter2', '{"a":1,'],
  ['{"password":["hunter2', "{"],
  ['{"a":1,"p\\u0061ssword":"hunter2"', '{"a":1,"p'],
  ['{"\\u0070assword":"hunter2"}garbage', '{"'],
  ['not JSON, "Password" : "hunter2" though', "not JSON, "],
  ['{"a":1,"customer":{"name":"Ada","email":"ada@example.com"', '{"a":1,'],
])("%s is no JSON, and is kept up to the secret", (body, expected) => {
  expect(clean(body)).toBe(expected);
});

test.each([
  '{"title":"password","a":"hunter2"}',
  '{"tags":["password","hunter2"]}',
  '{"passwords":"hunter2"}',
  "no quotes: password: hunter2",
])("%s has no secret", (body) => {
  expect(clean(body)).toBe(body);
});

test("a body that is nested deeper than anything is read is still JSON, and without its password", () => {
  const deep = `${"[".repeat(5_000)}1${"]".repeat(5_000)}`;
  const body = JSON.parse(clean(`{"click":{"x":${deep}},"link":{"password":"hunter2","id":"a"}}`));
  expect(body).toMatchObject({ click: { x: expect.any(Array) }, link: { password: null, id: "a" } });
});

test("bytes that are not UTF-8 survive where there is no JSON", () => {
  const [kept, secret] = [Buffer.from([0xff, 0x00, 0xc3]), Buffer.from('"password":"ü"')];
  expect(redacted(Buffer.concat([kept, secret]))).toEqual(kept);
});

test.each([
  ["keys", '"password":['.repeat(80_000)],
  ["backslashes", `"password":"${"\\\\".repeat(500_000)}"`],
  ["one long word", `"password":"${"x".repeat(1_000_000)}"`],
  ["depth", `{"a":1,"password":${"[".repeat(400_000)}${"]".repeat(400_000)}}`],
])("a password of a megabyte of %s is removed", (_, body) => {
  expect(clean(body)).toMatch(/^(\{"a":1,("password":null\})?)?$/);
});
