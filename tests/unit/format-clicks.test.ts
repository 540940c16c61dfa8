import { expect, test } from "vitest";
import { clicksWords } from "@/lib/base/format";

const plain = (text: string) => text.replaceAll("\u00A0", " ");

test("clicks are said with their share, and with those of the comparison when there is one", () => {
  expect(plain(clicksWords(1_785, 12_000))).toBe("1,785 clicks, 14.9%");
  expect(plain(clicksWords(1, 1, 0))).toBe("1 click, 100%, 0 before");
  expect(plain(clicksWords(0, 12, 1_500))).toBe("no clicks, 1,500 before");
});
