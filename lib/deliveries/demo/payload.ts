import type { Client, Place, Source } from "@/lib/deliveries/demo/audience";
import { type Random, SAMPLED, sampleOf } from "@/lib/deliveries/demo/random";
import type { DemoLink } from "./links";

const DOMAIN = "go.example.com";
/** Before all clicks of the demo. */
const CREATED = "2026-01-15T09:00:00.000Z";

/** The random parts of a click. */
export type DemoClick = { id: string; at: number; qr: boolean; ip: string; bot: boolean } & {
  link: DemoLink;
  place: Place;
  client: Client;
  source: Source;
};

/** The link as Dub sends it, with every field. The receiver ignores its counter `clicks`. */
function linkPayload(link: DemoLink, clicks: number, lastClicked: string | null, updatedAt: string) {
  const { id, key, url, title, archived, tags } = link;
  const shortLink = `https://${DOMAIN}/${key}`;
  const nothing = [
    ...["externalId", "tenantId", "programId", "partnerId", "expiresAt", "expiredUrl", "disabledAt", "password"],
    ...["description", "image", "video", "ios", "android", "geo", "comments", "testVariants"],
    ...["testStartedAt", "testCompletedAt", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"],
  ];
  return {
    ...{ id, domain: DOMAIN, key, url, title, archived, tags, tagId: tags[0]?.id ?? null },
    // Links with QR codes share a folder.
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

/** The link.created event. */
export function linkCreated(link: DemoLink) {
  return { id: `evt_${link.id}`, event: "link.created", createdAt: CREATED, data: linkPayload(link, 0, null, CREATED) };
}

/** The link.clicked event; `count` is the link's counter including this click. */
export function linkClicked(click: DemoClick, count: number, random: Random) {
  const { link } = click;
  const { country, city, region, continent } = click.place;
  const { device, browser, os, ua } = click.client;
  const { referer, refererUrl } = click.source;
  const timestamp = new Date(click.at).toISOString();
  // The sender's job runs every minute.
  const sentAt = new Date(click.at + random.next() * 60_000).toISOString();
  const id = `evt_${random.id(25)}`;
  const sampled = SAMPLED.flatMap(({ sent, samples }) => (sent ? [[sent, sampleOf(samples, random)]] : []));
  return {
    id,
    event: "link.clicked",
    createdAt: sentAt,
    data: {
      click: {
        id: click.id,
        timestamp,
        ...Object.fromEntries(sampled),
        url: link.url,
        ...{ country, city, region, continent, device, browser, os, ua },
        ...{ trigger: click.qr ? "qr" : "link", referer, refererUrl, qr: click.qr, ip: click.ip },
      },
      link: linkPayload(link, count, timestamp, timestamp),
    },
  };
}
