import type { ClickDimensionKey } from "@/lib/click/dimensions";
import type { Click } from "@/lib/generated/prisma/client";

/** What a click has of a dimension. */
export const CLICK_VALUES: Record<ClickDimensionKey, (click: Click) => string | null> = {
  linkId: ({ linkId }) => linkId,
  url: ({ url }) => url,
  baseUrl: ({ baseUrl }) => baseUrl,
  referer: ({ referer }) => referer,
  refererUrl: ({ refererUrl }) => refererUrl,
  country: ({ country }) => country,
  region: ({ region }) => region,
  city: ({ city }) => city,
  continent: ({ continent }) => continent,
  device: ({ device }) => device,
  trigger: ({ trigger }) => trigger,
  browser: ({ browser }) => browser,
  os: ({ os }) => os,
  bot: ({ bot }) => (bot ? "bot" : "human"),
  utm_source: ({ utmSource }) => utmSource,
  utm_medium: ({ utmMedium }) => utmMedium,
  utm_campaign: ({ utmCampaign }) => utmCampaign,
  utm_term: ({ utmTerm }) => utmTerm,
  utm_content: ({ utmContent }) => utmContent,
};
