import { expect, test } from "vitest";
import { clicksWords } from "@/lib/format-clicks";
import { duration } from "@/lib/format-duration";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const plain = (text: string) => text.replaceAll("\u00A0", " ");

test("a length of time is said in its two largest units", () => {
  const lengths = [0, MINUTE - 1, MINUTE, HOUR - 1, HOUR, 26 * HOUR + 59 * MINUTE, 2 * DAY + 59 * MINUTE, 400 * DAY];
  expect(lengths.map((ms) => plain(duration(ms)))).toEqual([
    "under 1 min",
    "under 1 min",
    "1 min",
    "59 min",
    "1 h",
    "1 d 2 h",
    "2 d",
    "400 d",
  ]);
});

test("clicks are said with their share, and with those of the comparison when there is one", () => {
  expect(plain(clicksWords(1_785, 12_000))).toBe("1,785 clicks, 14.9 %");
  expect(plain(clicksWords(1, 1, 0))).toBe("1 click, 100 %, 0 before");
  expect(plain(clicksWords(0, 12, 1_500))).toBe("no clicks, 1,500 before");
});
