import { z } from "zod";
import type { LinkSummary } from "@/lib/click/links";

// What a link's sender says of it is from outside: a value of another type gets Dub's default, so that one odd link
// doesn't make an answer unreadable.
const text = z.string().catch("");
const textOrNull = z.string().nullable().catch(null);
const flag = z.boolean().catch(false);
const number = z.number().catch(0);

/** A tag. Dub has these colours only. */
export const DubTag = z.object({
  id: z.string(),
  name: z.string(),
  color: z.enum(["red", "yellow", "green", "blue", "purple", "brown", "gray", "pink"]).catch("gray"),
});

/** Dub's link object, with every key that its SDK demands. */
export const DubLink = z.object({
  id: z.string(),
  domain: text,
  key: text,
  url: text,
  trackConversion: flag,
  externalId: textOrNull,
  tenantId: textOrNull,
  programId: textOrNull,
  partnerId: textOrNull,
  archived: flag,
  expiresAt: textOrNull,
  expiredUrl: textOrNull,
  disabledAt: textOrNull,
  // Never stored.
  password: z.null().catch(null),
  proxy: flag,
  title: textOrNull,
  description: textOrNull,
  image: textOrNull,
  video: textOrNull,
  rewrite: flag,
  doIndex: flag,
  ios: textOrNull,
  android: textOrNull,
  geo: z.record(z.string(), z.string()).nullable().catch(null),
  publicStats: flag,
  tags: z.array(DubTag),
  folderId: textOrNull,
  comments: textOrNull,
  shortLink: text,
  qrCode: text,
  utm_source: textOrNull,
  utm_medium: textOrNull,
  utm_campaign: textOrNull,
  utm_term: textOrNull,
  utm_content: textOrNull,
  testVariants: z
    .array(z.object({ url: z.string(), percentage: z.number() }))
    .nullable()
    .catch(null),
  testStartedAt: textOrNull,
  testCompletedAt: textOrNull,
  userId: textOrNull,
  workspaceId: text,
  clicks: number,
  leads: number,
  conversions: number,
  sales: number,
  saleAmount: number,
  lastClicked: textOrNull,
  createdAt: text,
  updatedAt: text,
  tagId: textOrNull,
  projectId: text,
  webhookIds: z.array(z.string()).catch([]),
});

const Payload = z.record(z.string(), z.unknown()).catch({});

/** When Dub never said. */
const NEVER = new Date(0).toISOString();

/** A link as Dub last described it: what is stored apart from that is newer, such as the names of its tags. */
export function linkObject(id: string, link: LinkSummary | null, stored: unknown): z.output<typeof DubLink> {
  const known: Record<string, unknown> = link
    ? {
        ...{ domain: link.domain, key: link.key, shortLink: link.shortLink, url: link.url, title: link.title },
        ...{ folderId: link.folderId, archived: link.archived, createdAt: link.createdAt?.toISOString() },
      }
    : {};
  const tags = (link?.tags ?? []).map((tag) => DubTag.parse(tag));
  // Of another type than it has to be, a value says less than what was read of it when it came.
  const isOdd = (name: string, value: unknown) => typeof known[name] === "string" && typeof value !== "string";
  const given = Object.fromEntries(
    Object.entries(Payload.parse(stored)).filter(([name, value]) => value !== null && !isOdd(name, value)),
  );
  const { createdAt, updatedAt, ...rest } = DubLink.parse({ ...known, ...given, id, tags });
  return { ...rest, createdAt: createdAt || NEVER, updatedAt: updatedAt || createdAt || NEVER };
}
