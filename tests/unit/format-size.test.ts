import { expect, test } from "vitest";
import { size } from "@/lib/base/format";

test.each([
  [0, "0 bytes"],
  [1023, "1023 bytes"],
  [1024, "1.0 KB"],
  [512 * 1024 ** 2, "512 MB"],
  [1.44 * 1024 ** 3, "1.4 GB"],
  [3000 * 1024 ** 4, "3000 TB"],
])("%s bytes are %s", (bytes, words) => {
  expect(size(bytes).replace("\u00A0", " ")).toBe(words);
});
