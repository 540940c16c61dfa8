import { duration, timeOfDay } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { linkName } from "@/lib/click/link-name";
import type { ListedClick } from "@/lib/question/answers";
import { displayValue } from "@/lib/question/words";

/** A click as the live list shows it, in words; they are made here, so that the browser needs no tables. */
export type LiveRow = {
  seq: string;
  /** When it happened, in the view's zone. */
  time: string;
  link: string;
  linkId: string;
  country: string | null;
  place: string;
  device: string;
  referer: string;
  bot: boolean;
  /** How long the delivery took. */
  delay: string;
  delayMs: number;
};

export function liveRow(click: ListedClick, zone: string): LiveRow {
  const { country, city, device, browser, referer, link, linkId } = click;
  const delayMs = Math.max(0, click.receivedAt.getTime() - click.clickedAt.getTime());
  const places = [city, country && displayValue("country", country)].filter((part) => part !== null);
  return {
    seq: click.seq,
    time: timeOfDay(click.clickedAt, zone),
    link: linkName(linkId, link),
    linkId,
    country,
    place: places.join(", ") || displayValue("country", null),
    device: [device && displayValue("device", device), browser].filter(Boolean).join(" · ") || "Unknown",
    referer: cutText(displayValue("referer", referer)),
    bot: click.bot,
    delay: duration(delayMs),
    delayMs,
  };
}
