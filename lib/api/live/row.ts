import { duration, timeOfDay } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { linkName } from "@/lib/click/link-name";
import type { ListedClick } from "@/lib/question/answer-types";
import { displayValue } from "@/lib/question/words";

/** A click of the live list in words, made on the server so that the browser needs no tables of names. */
export type LiveRow = {
  seq: string;
  /** Time of the click in the view's time zone. */
  time: string;
  link: string;
  linkId: string;
  country: string | null;
  place: string;
  device: string;
  referer: string;
  bot: boolean;
  /** Duration of the delivery. */
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
