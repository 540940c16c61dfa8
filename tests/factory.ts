import { sign } from "@/lib/senders/dub/dub";

/** The first of the webhook secrets that the test configuration sets. */
export const SECRET = "whsec_6f9f3a63705c44206ca655813bf91b61";

/** Dub's link object as it is sent today. */
export const LINK = {
  id: "link_1KA3N5XW0SCFZ2N8Q8D0MMTB4",
  domain: "go.example",
  key: "spring",
  url: "https://shop.example/spring",
  trackConversion: false,
  externalId: null,
  tenantId: null,
  programId: null,
  partnerId: null,
  archived: false,
  expiresAt: null,
  expiredUrl: null,
  disabledAt: null,
  password: null,
  proxy: false,
  title: "Spring catalogue",
  description: null,
  image: null,
  video: null,
  rewrite: false,
  doIndex: false,
  ios: null,
  android: null,
  geo: null,
  publicStats: false,
  tags: [{ id: "tag_1", name: "Print", color: "green" }],
  folderId: null,
  comments: null,
  shortLink: "https://go.example/spring",
  qrCode: "https://api.dub.co/qr?url=https://go.example/spring?qr=1",
  utm_source: null,
  utm_medium: null,
  utm_campaign: null,
  utm_term: null,
  utm_content: null,
  testVariants: null,
  testStartedAt: null,
  testCompletedAt: null,
  userId: "user_1",
  workspaceId: "ws_1",
  clicks: 11,
  leads: 0,
  conversions: 0,
  sales: 0,
  saleAmount: 0,
  lastClicked: "2026-08-15T09:00:00.000Z",
  createdAt: "2026-08-01T08:00:00.000Z",
  updatedAt: "2026-08-10T08:00:00.000Z",
  tagId: "tag_1",
  projectId: "1",
  webhookIds: [],
};

/** Dub's click object as it is sent today. */
export const CLICK = {
  id: "d0UtZqE0BZuBPrJS",
  timestamp: "2026-08-15T10:16:12.124Z",
  url: "https://shop.example/spring?utm_source=flyer",
  country: "US",
  city: "San Francisco",
  region: "CA",
  continent: "NA",
  device: "Desktop",
  browser: "Chrome",
  os: "Mac OS",
  ua: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36",
  trigger: "link",
  referer: "news.example",
  refererUrl: "https://news.example/today?page=2",
  qr: false,
  ip: "198.51.100.7",
};

type Overrides = { click?: Record<string, unknown>; link?: Record<string, unknown>; [envelope: string]: unknown };

/** One `link.clicked` delivery with fixed values. Name what the test is about; `undefined` leaves a field out. */
export function clickPayload({ click, link, ...envelope }: Overrides = {}) {
  return {
    id: "evt_b9ywgxWqai2glUpCQjclB17kM",
    event: "link.clicked",
    createdAt: "2026-08-15T10:16:40.000Z",
    ...envelope,
    data: { click: { ...CLICK, ...click }, link: { ...LINK, ...link } },
  };
}

/** One `link.created`, `link.updated` or `link.deleted` delivery about the factory's link. */
export function linkPayload(event: string, link: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) {
  return {
    id: "evt_link",
    event,
    createdAt: "2026-08-16T08:00:00.000Z",
    ...envelope,
    data: { ...LINK, ...link },
  };
}

/** The bytes that stand for a delivery: text and bytes as they are, anything else as JSON. */
export function bytes(body: unknown): Buffer<ArrayBuffer> {
  return Buffer.from(typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body));
}

/** A request as Dub would send it. */
export function signed(body: unknown, url = "http://localhost:3000/api/webhooks/dub", secret = SECRET): Request {
  const content = bytes(body);
  return new Request(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Dub-Signature": sign(content, secret) },
    body: content,
  });
}
