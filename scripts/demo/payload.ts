import type { Client, Place, Source } from "@/scripts/demo/audience";
import { type Random, SAMPLED, sampleOf } from "@/scripts/demo/random";
import type { DemoLink } from "./links";

const DOMAIN = "go.example.com";
/** When the demo's links were made, long before any of its clicks. */
const CREATED = "2026-01-15T09:00:00.000Z";

/** Everything about one click that chance decides. */
export type DemoClick = {
  id: string;
  at: number;
  link: DemoLink;
  place: Place;
  client: Client;
  source: Source;
  qr: boolean;
  ip: string;
  bot: boolean;
};

/** The link as Dub sends it, every field present. `clicks` is its counter, which the receiver ignores. */
function linkPayload(link: DemoLink, clicks: number, lastClicked: string | null, updatedAt: string) {
  const shortLink = `https://${DOMAIN}/${link.key}`;
  const nothing = [
    ...["externalId", "tenantId", "programId", "partnerId", "expiresAt", "expiredUrl", "disabledAt", "password"],
    ...["description", "image", "video", "ios", "android", "geo", "comments", "testVariants"],
    ...["testStartedAt", "testCompletedAt", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"],
  ];
  return {
    id: link.id,
    domain: DOMAIN,
    key: link.key,
    url: link.url,
    title: link.title,
    archived: link.archived,
    tags: link.tags,
    tagId: link.tags[0]?.id ?? null,
    // What is printed is kept together.
    folderId: link.qr > 0 ? "fold_demo_print" : null,
    shortLink,
    qrCode: `https://api.dub.co/qr?url=${shortLink}?qr=1`,
    ...Object.fromEntries(nothing.map((name) => [name, null])),
    ...{ trackConversion: false, proxy: false, rewrite: false, doIndex: false, publicStats: false },
    ...{ leads: 0, sales: 0, conversions: 0, saleAmount: 0, clicks, lastClicked },
    ...{ userId: "user_demo", workspaceId: "ws_demo", projectId: "demo", webhookIds: [] },
    ...{ createdAt: CREATED, updatedAt },
  };
}

/** The event that announces a link. */
export function linkCreated(link: DemoLink) {
  return { id: `evt_${link.id}`, event: "link.created", createdAt: CREATED, data: linkPayload(link, 0, null, CREATED) };
}

/** The event of one click; `count` is the link's counter with it. */
export function linkClicked(click: DemoClick, count: number, random: Random) {
  const { link, place, client, source } = click;
  const timestamp = new Date(click.at).toISOString();
  // The sender's job runs every minute.
  const sentAt = new Date(click.at + random.next() * 60_000).toISOString();
  return {
    id: `evt_${random.id(25)}`,
    event: "link.clicked",
    createdAt: sentAt,
    data: {
      click: {
        id: click.id,
        timestamp,
        ...Object.fromEntries(
          SAMPLED.flatMap(({ sent, samples }) => (sent ? [[sent, sampleOf(samples, random)]] : [])),
        ),
        url: link.url,
        country: place.country,
        city: place.city,
        region: place.region,
        continent: place.continent,
        device: client.device,
        browser: client.browser,
        os: client.os,
        ua: client.ua,
        trigger: click.qr ? "qr" : "link",
        referer: source.referer,
        refererUrl: source.refererUrl,
        qr: click.qr,
        ip: click.ip,
      },
      link: linkPayload(link, count, timestamp, timestamp),
    },
  };
}
