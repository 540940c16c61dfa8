import { spellUtm } from "@/lib/click/destination";
import { spellDomain, spellKey, spellShortLink, spellTitle } from "@/lib/click/links";
import { spellClick } from "@/lib/click/spell";
import type { Prisma } from "@/lib/generated/prisma/client";
import { HOSTILE } from "./hostile";
import { QUARTER_HOUR, quarterOf } from "./local";
import { createRandom, type Random } from "./random";

/** When all questions are asked. */
export const NOW = new Date("2026-11-15T12:07:31.123Z");

const MINUTE = 60_000;

/** Moments at which something happens to the calendar somewhere. */
export const EDGES = [
  ...["2025-10-26T01:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"], // Berlin
  ...["2025-11-02T06:00:00Z", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"], // New York
  ...["2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"], // Lord Howe, by half an hour
  ...["2026-04-04T14:00:00Z", "2026-09-26T14:00:00Z"], // Chatham
  ...["2025-12-31T10:15:00Z", "2025-12-31T18:15:00Z", "2025-12-31T23:00:00Z", "2026-01-01T00:00:00Z"], // years
  ...["2026-01-01T05:00:00Z", "2026-02-28T23:59:59.999Z", "2026-10-31T23:00:00Z", "2026-11-09T00:00:00Z"],
].map((text) => Date.parse(text));

export const SAME_MOMENT = new Date("2026-11-14T09:30:00.500Z");

function momentOf({ below, chance, pick }: Random): Date {
  if (chance(0.04)) return SAME_MOMENT;
  if (chance(0.12)) return new Date(pick(EDGES) + pick([-1, 0, 1, QUARTER_HOUR, -QUARTER_HOUR, 30 * MINUTE]));
  if (chance(0.35)) return new Date(pick(EDGES) + below(360 * MINUTE) - 180 * MINUTE);
  // Some are ahead of the clock.
  if (chance(0.6)) return new Date(NOW.getTime() + 120 * MINUTE - below(40 * 24 * 60 * MINUTE));
  return new Date(NOW.getTime() - below(430 * 24 * 60) * MINUTE - below(MINUTE));
}

const PLACES = [
  ["NA", "US", "US-CA", "San Francisco"],
  ["NA", "US", "US-IL", "Springfield"],
  ["NA", "US", "US-MA", "Springfield"],
  ["NA", "US", null, null],
  ["OC", "AU", "AU-NY", "Nyngan"],
  ["EU", "ES", "ES-CA", "Cádiz"],
  ["EU", "TR", "TR-34", "İstanbul"],
  ["EU", "DE", "DE-BE", "Berlin, Mitte"],
  ["EU", "de", "de-be", "berlin"],
  [null, null, "CA", "Springfield"],
  [null, null, "-CA", null],
  [null, null, "US-", "%"],
  [null, null, null, "Springfield"],
  [null, null, null, null],
] as const;

const URLS = [
  "https://a.example/x",
  "https://a.example/x?y=1",
  "https://a.example/x?y=1&z=%20+",
  "https://a.example/X?y=1",
  "https://a.example/x?Via=1&dub_idx=2",
  "https://a.example/x#top",
  "https://a.example/x?y=1#top",
  "https://a.example/?",
  "https://a.example/??",
  "https://é.example/É?q=a,b",
  `https://a.example/${"long".repeat(700)}?q=1`,
  "-https://a.example/",
  "mailto:x",
  null,
] as const;

const REFERERS = ["https://b.example/p", "https://b.example/P", "https://b.example/<b>,\"'", "android-app://x", null];

/** Links that clicks are on; of the last nothing else is known. */
export const LINK_IDS = [
  ...Array.from({ length: 20 }, (_, index) => `link_${index}`),
  ...["link,20", "link'21", "-link22", "Link É", "link_%", "LINK_1", "downtime of"],
];

/** Clicks with all the values that clicks may have, and some that they may not. */
export function hostileClicks(count: number, seed: number): Prisma.ClickCreateManyInput[] {
  const random = createRandom(seed);
  const { below, chance, pick } = random;
  const word = (): string | null =>
    chance(0.25) ? null : chance(0.4) ? pick(["shoes", "Shoes", "a"]) : spellUtm(pick(HOSTILE));
  return Array.from({ length: count }, (_, index) => {
    const clickedAt = momentOf(random);
    const [continent, country, region, city] = pick(PLACES);
    const refererUrl = pick(REFERERS);
    const visitor = chance(0.15) ? null : chance(0.1) ? pick(HOSTILE) : `visitor ${below(90)}`;
    const url = pick(URLS);
    return {
      linkId: chance(0.4) ? pick(LINK_IDS.slice(0, 4)) : pick(LINK_IDS),
      clickId: chance(0.1) ? `${pick(HOSTILE)} ${index}` : `click_${index}`,
      clickedAt,
      receivedAt: new Date(clickedAt.getTime() + below(5_000)),
      slot: quarterOf(clickedAt),
      // Whatever is stored has gone through here.
      ...spellClick({
        ...{ continent, country, region, city: chance(0.1) ? pick(HOSTILE) : city },
        device: pick(["Desktop", "Mobile", "Smarttv", "desktop", null]),
        browser: chance(0.1) ? pick(HOSTILE) : pick(["Chrome", "Mobile Safari", "Édge", null]),
        os: chance(0.1) ? pick(HOSTILE) : pick(["iOS", "Mac OS", "Windows", null]),
        trigger: pick(["link", "link", "qr", "deepview"]),
        isQr: false,
        referer: refererUrl && (chance(0.1) ? pick(HOSTILE) : pick(["b.example", "bücher.example"])),
        refererUrlRaw: refererUrl && `${refererUrl}?q=1`,
        urlRaw: url,
        link: null,
      }),
      refererUrlRaw: refererUrl && `${refererUrl}?q=1`,
      urlRaw: url,
      utmSource: word(),
      utmMedium: word(),
      utmCampaign: word(),
      utmTerm: word(),
      utmContent: word(),
      bot: chance(0.12),
      ip: "198.51.100.7",
      ua: pick(HOSTILE),
      visitor,
      visitorEstimated: chance(0.1),
    };
  });
}

const TAGS = [
  { id: "tag_1", name: "Print", color: "green" },
  { id: "tag_2", name: "print", color: null },
  { id: "tag_3", name: "É, %_\\", color: "red" },
  { id: "tag,4", name: "😀", color: null },
  { id: "-tag5", name: "(none)", color: null },
];

/** The links of those clicks, and one that nobody has clicked. */
export function hostileLinks(seed: number): Prisma.LinkCreateManyInput[] {
  const random = createRandom(seed);
  const { below, chance, pick, some } = random;
  return [...LINK_IDS.slice(0, -1), "unclicked"].map((id, index) => {
    const domain = chance(0.2) ? null : pick(["go.example", "GO.example", "É.example", "b.example"]);
    const key = chance(0.1) ? null : pick(["_root", "promo", "Promo", `k${index}`, pick(HOSTILE)]);
    return {
      id,
      domain: spellDomain(domain),
      key: spellKey(key),
      shortLink: spellShortLink(domain && key && `https://${domain}/${key}`),
      url: pick(URLS),
      title: chance(0.3) ? null : spellTitle(pick([...HOSTILE, "Spring catalogue", "SPRING sale"])),
      tags: some(TAGS, below(4)),
      folderId: chance(0.4) ? null : pick(["folder_1", "folder,2", "-folder3", "Folder_1"]),
      archived: chance(0.25),
      payload: {
        ...(chance(0.5) && { externalId: pick(["7", "ext_8", "order,9"]) }),
        ...{ tenantId: pick([null, "", "-t1", "T1", "t1"]), partnerId: chance(0.5) ? "pn_1" : null },
      },
    };
  });
}
