import { POST } from "@/app/api/webhooks/dub/route";
import { DAY, HOUR } from "@/lib/base/time";
import { CLICK, clickPayload, LINK, signed } from "@/tests/factory";

export type Sent = ReturnType<typeof clickPayload>;

const LINKS = [
  {},
  {
    ...{ id: "link_2", domain: "go.example", key: "two", shortLink: "https://go.example/two" },
    ...{ tags: [], folderId: "fold_1", tenantId: "tenant_1", partnerId: "pn_1", programId: "prog_1", externalId: "77" },
  },
  {
    ...{ id: "link_3", domain: "dub.example", key: "_root", shortLink: "https://dub.example", url: "" },
    ...{ tags: [{ id: "tag_2", name: "Odd", color: "chartreuse" }], partnerId: "pn_2", geo: "nonsense", proxy: "yes" },
    ...{
      createdAt: null,
      workspaceId: null,
      projectId: null,
      clicks: "many",
      testVariants: [{ url: 1 }],
      webhookIds: null,
    },
  },
];
const COUNTRIES = [
  { country: "US", region: "CA", city: "San Francisco", continent: "NA" },
  { country: "US", region: "NY", city: "New York", continent: "NA" },
  { country: "DE", region: "BE", city: "Berlin", continent: "EU", ip: "" },
  { country: "Unknown", region: "Unknown", city: "Unknown", continent: "", ip: "" },
  { country: "JP", region: 13, city: "Tokyo", continent: "AS" },
];
const AGENTS = [
  { device: "Desktop", browser: "Chrome", os: "Mac OS" },
  { device: "Mobile", browser: "Mobile Safari", os: "iOS" },
  { device: "Tablet", browser: "Unknown", os: "Unknown" },
];
const SOURCES = [
  { referer: "news.example", refererUrl: "https://news.example/today?page=2" },
  { referer: "(direct)", refererUrl: "(direct)" },
];
const TRIGGERS = ["link", "qr", "pageview", "deeplink", "nfc", undefined];
const QUERIES = ["?utm_source=flyer&utm_medium=print", "", "?utm_source=fly&utm_campaign=May&utm_term=a&utm_content=b"];

/** Deliveries of the days before `now`, with every kind of value that Dub sends. The same every time. */
export function sentBefore(now: Date, count = 60): Sent[] {
  const of = <T>(list: readonly T[], place: number) => list[place % list.length] as T;
  return Array.from({ length: count }, (_, n) => {
    const timestamp = new Date(now.getTime() - n * 17 * HOUR - (n % 7) * 60_000).toISOString();
    const trigger = of(TRIGGERS, n);
    const click = {
      ...{ ...CLICK, id: `click_${n}`, timestamp, trigger, qr: trigger === "qr" },
      ...of(COUNTRIES, n),
      ...of(AGENTS, n >> 1),
      ...of(SOURCES, n >> 2),
      url: `https://shop.example/spring${of(QUERIES, n)}`,
    };
    const link = of(LINKS, n % 5 === 4 ? 2 : n % 2);
    return clickPayload({
      id: `evt_${n}`,
      createdAt: new Date(now.getTime() - DAY).toISOString(),
      click,
      link: { ...LINK, ...link },
    });
  });
}

/** Sends deliveries as Dub does. */
export async function send(sent: readonly Sent[]): Promise<void> {
  for (const body of sent) {
    const response = await POST(signed(body), undefined);
    if (!response.ok) throw new Error(await response.text());
  }
}
