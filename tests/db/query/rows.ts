import { db } from "@/lib/base/db";
import { slotOf } from "@/lib/base/time";
import type { Prisma } from "@/lib/generated/prisma/client";
import { EVERYTHING } from "@/lib/question/question";

/** Somebody who may see everything. */
export const OWNER = { ...EVERYTHING, userId: "owner" };

/** A click on link `a` from nowhere in particular; name what the test is about. */
export function click(fields: Partial<Prisma.ClickCreateManyInput> = {}): Prisma.ClickCreateManyInput {
  const clickedAt = new Date(fields.clickedAt ?? "2026-08-15T10:00:00Z");
  return {
    linkId: "a",
    clickId: "click",
    receivedAt: clickedAt,
    trigger: "link",
    bot: false,
    visitorEstimated: false,
    ...fields,
    clickedAt,
    slot: slotOf(clickedAt),
  };
}

/** Stores clicks; ids are theirs by order. */
export async function insertClicks(clicks: Prisma.ClickCreateManyInput[]): Promise<void> {
  await db().click.createMany({ data: clicks.map((row, index) => ({ ...row, clickId: `click_${index}` })) });
}

/** Stores links with what the test is about. */
export async function insertLinks(links: (Partial<Prisma.LinkCreateManyInput> & { id: string })[]): Promise<void> {
  await db().link.createMany({ data: links.map((link) => ({ payload: {}, ...link })) });
}

/** Small numbers that look random and are the same every time. */
function sequence(seed: number): (choices: number) => number {
  let state = seed;
  return (choices) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * choices);
  };
}

const CITIES = [
  ["NA", "US", "US-IL", "Springfield"],
  ["NA", "US", "US-MA", "Springfield"],
  ["NA", "US", "US-NY", "New York"],
  ["NA", "US", null, null],
  ["OC", "AU", "AU-NY", "Nyngan"],
  ["EU", "DE", "DE-BE", "Berlin, Mitte"],
  [null, null, "NY", "Springfield"],
  [null, null, null, "Springfield"],
  [null, null, null, null],
] as const;
const URLS = [
  "https://a.example/x",
  "https://a.example/x?y=1",
  "https://a.example/x?y=2",
  "https://a.example/x#top",
  "https://a.example/??",
  null,
];
const REFERERS = ["https://b.example/p", "https://b.example/%3Cscript%3Ealert(1)%3C/script%3E", null];
const WORDS = ["shoes", "-50%", "a,b", "back\\slash", "(nothing)", "Unknown", "it's", null];
const BROWSERS = ["Chrome", "Mobile Safari", null];
const SYSTEMS = ["iOS", "Mac OS", "Windows", null];

/** 600 clicks over three weeks around New York's clock change, with every dimension's odd values and nulls. */
export function manyClicks(): Prisma.ClickCreateManyInput[] {
  const next = sequence(7);
  const pick = <T>(values: readonly T[]): T => values[next(values.length)] as T;
  return Array.from({ length: 600 }, () => {
    const [continent, country, region, city] = pick(CITIES);
    const [url, refererUrl] = [pick(URLS), pick(REFERERS)];
    return click({
      linkId: pick(["a", "b", "c"]),
      clickedAt: new Date(Date.parse("2026-10-25T00:00:00Z") + next(21 * 24 * 60 * 60) * 1000),
      continent,
      country,
      region,
      city,
      device: pick(["Desktop", "Mobile", null]),
      browser: pick(BROWSERS),
      os: pick(SYSTEMS),
      trigger: pick(["link", "qr"]),
      referer: refererUrl && "b.example",
      refererUrl,
      url,
      baseUrl: url?.replace(/[?#].*/, "") ?? null,
      utmSource: pick(WORDS),
      utmMedium: pick(WORDS),
      utmCampaign: pick(WORDS),
      utmTerm: pick(WORDS),
      utmContent: pick(WORDS),
      bot: next(10) === 0,
    });
  });
}
