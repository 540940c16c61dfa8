import { duration, timeOfDay } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { linkName } from "@/lib/click/link-name";
import type { ListedClick } from "@/lib/question/answer-types";
import { displayValue } from "@/lib/question/words";

export type LiveRow = ReturnType<typeof liveRow>;

/** A click of the live list in words, made on the server so that the browser needs no tables of names. */
export function liveRow(click: ListedClick, zone: string) {
  const { country, city, device, browser, referer, link, linkId } = click;
  const delayMs = Math.max(0, click.receivedAt.getTime() - click.clickedAt.getTime());
  const places = [city, country && displayValue("country", country)].filter((part) => part !== null);
  return {
    seq: click.seq,
    /** Time of the click in the view's time zone. */
    time: timeOfDay(click.clickedAt, zone),
    link: linkName(linkId, link),
    linkId,
    country,
    place: places.join(", ") || displayValue("country", null),
    device: [device && displayValue("device", device), browser].filter(Boolean).join(" · ") || "Unknown",
    referer: cutText(displayValue("referer", referer)),
    bot: click.bot,
    /** Duration of the delivery. */
    delay: duration(delayMs),
    delayMs,
  };
}
