import fc from "fast-check";
import { expect, test } from "vitest";
import { tidyText } from "@/lib/base/clean";
import { fold } from "@/lib/base/fold";
import { spellDomain, spellKey, spellShortLink } from "@/lib/click/links";
import { spellCountry } from "@/lib/click/places";
import { SPELLINGS, spell } from "@/lib/click/spell";
import { displayValue } from "@/lib/question/words";

test.each([
  ["device", ["Desktop", "desktop", "DESKTOP", " Desktop ", "PC"], "Desktop"],
  ["device", ["Smarttv", "Smart TV", "smart-tv"], "Smarttv"],
  ["device", ["Unknown", "unknown", "", "N/A", "None", "(Not Set)", "undefined"], null],
  ["os", ["Mac OS", "macOS", "mac os x", "Mac", "OSX"], "Mac OS"],
  ["os", ["iOS", "ios", "IOS", "iPhone OS"], "iOS"],
  ["os", ["Chromium OS", "chrome os", "ChromeOS"], "Chromium OS"],
  ["os", ["Brand-new os", "brand-New OS"], "Brand-New Os"],
  ["browser", ["Mobile Safari", "mobile safari", "Safari Mobile"], "Mobile Safari"],
  ["browser", ["Chrome", "chrome", "Google Chrome"], "Chrome"],
  ["browser", ["Newcomer", "NEWCOMER", "newcomer"], "Newcomer"],
  ["browser", ["Écran", "écran", "ÉCRAN"], "Écran"],
  ["browser", ["Новый Браузер", "НОВЫЙ БРАУЗЕР", "новый браузер"], "Новый Браузер"],
  ["trigger", ["qr", "QR", "QR code"], "qr"],
  ["trigger", ["deeplink", "deep-link", "DeepLink"], "deeplink"],
  ["country", ["GB", "gb", "UK", "uk"], "GB"],
  ["country", ["GR", "EL"], "GR"],
  ["country", ["T1", "t1"], "T1"],
  ["country", ["XX", "ZZ", "unknown", "--"], null],
  ["continent", ["EU", "eu", "Europe"], "EU"],
  ["region", ["US-CA", "us-ca"], "US-CA"],
  ["region", ["UK-ENG", "GB-eng"], "GB-ENG"],
  ["region", ["XX-13", "13"], "13"],
  ["region", ["US-Unknown", "unknown"], null],
  ["city", ["São Paulo", "Sa\u0303o Paulo", " São  Paulo"], "São Paulo"],
  ["city", ["UNKNOWN", "\u200b"], null],
  ["utmSource", ["mail", " mail", "mail\u00a0"], "mail"],
  ["utmSource", ["(none)", "(None)", "(NOT SET)", " "], null],
  ["referer", ["(direct)", "(Direct)", "Unknown", "(none)"], null],
  ["referer", ["[::1]", "[0:0:0:0:0:0:0:1]", "http://[::1]:8080/"], "[::1]"],
  ["refererUrl", ["(DIRECT)", "unknown"], null],
  [
    "referer",
    [
      "news.example",
      "News.Example.",
      "www.news.example",
      "news.example:8443",
      "https://news.example/a?b",
      "news.example/a",
    ],
    "news.example",
  ],
  ["referer", ["com.slack", "com.Slack", "android-app://com.Slack/a", "ios-app://618783545"], "com.slack"],
  ["referer", ["bücher.example", "xn--bcher-kva.example", "https://BÜCHER.example"], "bücher.example"],
  ["referer", ["аpple.com", "xn--pple-43d.com"], "xn--pple-43d.com"],
  ["referer", ["www.com"], "www.com"],
  ["refererUrl", ["https://News.example:443?q", "https://news.example/#a"], "https://news.example/"],
  ["refererUrl", ["android-app://com.Slack", "Android-App://com.slack/"], "android-app://com.slack/"],
] as const)("the %s %j is one: %j", (key, given, stored) => {
  expect(given.map((text) => spell(key, text))).toEqual(given.map(() => stored));
});

const PIECES = [
  ...[
    "?",
    "#",
    "&",
    "amp;",
    "=",
    "/",
    "-",
    "dub_id",
    "via",
    "y",
    "%20",
    "%c3%a9",
    "%cc%81",
    "%E9",
    "%ff",
    "%3f",
    "%23",
  ],
  ...["é", "e\u0301", "\u0301", "\u1fef", "\u212a", "\u037e", "\u200b", "\ufeff", "\u3164", "İ", "ß", "\0", " ", "+"],
  ...[
    "https://",
    "android-app://",
    "a.example",
    "www.",
    ":",
    "8080",
    "@",
    ".",
    "xn--",
    "xn--bcher-kva",
    "A",
    "x",
    "123",
  ],
  ...["XX", "US", "Unknown", "macOS"],
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
);

test("what is stored is found by itself: no spelling changes twice", { timeout: 60_000 }, () => {
  const spellings = Object.entries({ ...SPELLINGS, tidyText, spellDomain, spellKey, spellShortLink, fold });
  fc.assert(
    fc.property(text, (given) => {
      for (const [name, spell] of spellings) {
        const once = spell(given);
        expect([name, once === null ? null : spell(once)]).toEqual([name, once]);
      }
    }),
    { numRuns: 1_500, seed: Number(process.env.SPELLING_SEED ?? 1) },
  );
});

test("no two countries have the same words, and none is said as a bare code", () => {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const codes = new Set(letters.flatMap((a) => letters.flatMap((b) => spellCountry(a + b) ?? [])));
  const words = [...codes, "A1", "A2", "T1"].map((code) => displayValue("country", code));

  expect(new Set(words).size).toBe(words.length);
  expect(words.filter((word) => /^[A-Z0-9]{2}$/.test(word))).toEqual([]);
});

test.each([
  ["São Paulo", "sao paulo"],
  ["STRAẞE", "strasse"],
  ["Łódź", "lodz"],
  ["İstanbul", "istanbul"],
  ["ıstanbul", "istanbul"],
  ["Ærø", "aero"],
  ["Đà Nẵng", "da nang"],
  ["Σίσυφος", "σισυφοσ"],
  ["Чёрный", "черныи"],
  // Marks that are letters' own stay.
  ["が", "が"],
  ["हिन्दी", "हिन्दी"],
])("%s is looked for as %s", (given, folded) => {
  expect(fold(given)).toBe(folded);
});
