import { expect, test } from "vitest";
import { count, date, duration, minute, percent } from "@/lib/base/format";
import { change } from "@/lib/base/format-change";
import { inLocale, localeOf, numberFormat } from "@/lib/base/locale";

const INSTANT = new Date("2026-11-03T14:05:09Z");

/** Spaces of all widths as one. */
const plain = (text: string) => text.replaceAll(/\s/g, " ").replaceAll("\u200e", "");

const CASES: [acceptLanguage: string | undefined, count: string, share: string, date: string][] = [
  [undefined, "1,234,567", "12.3%", "3 Nov 2026"],
  ["en-GB,en;q=0.9", "1,234,567", "12.3%", "3 Nov 2026"],
  ["en-US,en;q=0.9", "1,234,567", "12.3%", "Nov 3, 2026"],
  ["de-DE,de;q=0.9,en;q=0.8", "1.234.567", "12,3 %", "3 Nov 2026"],
  ["de", "1.234.567", "12,3 %", "3 Nov 2026"],
  ["fr-FR", "1 234 567", "12,3 %", "3 Nov 2026"],
  ["en-IN", "12,34,567", "12.3%", "3 Nov 2026"],
  ["ar-EG", "1,234,567", "12.3%", "3 Nov 2026"],
  ["*", "1,234,567", "12.3%", "3 Nov 2026"],
  ["no such thing;;;", "1,234,567", "12.3%", "3 Nov 2026"],
];

for (const [asked, number, share, day] of CASES) {
  test(`a browser that asks for ${asked} reads ${number}, ${share}, ${day}`, () => {
    inLocale(localeOf(asked), () => {
      expect(plain(count(1_234_567))).toBe(number);
      expect(plain(percent(123, 1_000))).toBe(share);
      expect(plain(date(INSTANT, "UTC"))).toBe(day);
      expect(plain(minute(INSTANT, "UTC"))).toBe(`${day}, 14:05`);
    });
  });
}

test("what nearly is nothing or all, changes and lengths are written in the reader's way, too", () => {
  inLocale(localeOf("de-DE"), () => {
    const words = [percent(1, 10_000), percent(9_999, 10_000), change(1_034, 1_000, numberFormat), duration(400)];
    expect(words.map(plain)).toEqual(["<0,1 %", ">99,9 %", "+3,4 %", "0,4 s"]);
  });
});

test("readers who are answered at the same time do not get each other's", async () => {
  const read = (asked: string) =>
    inLocale(localeOf(asked), async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return plain(count(1_000));
    });
  expect(await Promise.all(["de", "en", "fr"].map(read))).toEqual(["1.000", "1,000", "1 000"]);
});
