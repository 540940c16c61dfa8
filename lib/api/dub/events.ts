import "server-only";
import type { z } from "zod";
import { linkObject } from "@/lib/api/dub/link";
import { type EventsQuery, filtersOf } from "@/lib/api/dub/query";
import { dubRegion } from "@/lib/api/dub/rows";
import { answer } from "@/lib/question/answer";
import type { ClickDetail } from "@/lib/question/answer-types";
import { question, type Scope } from "@/lib/question/question";

/** A click as Dub lists it. The flat fields at the end are Dub's older names. */
function eventOf(click: ClickDetail, link: ReturnType<typeof linkObject>) {
  const timestamp = click.clickedAt.toISOString();
  const url = click.urlRaw ?? click.url ?? "";
  const country = click.country ?? "Unknown";
  const city = click.city ?? "Unknown";
  const continent = click.continent ?? "";
  const [device, browser, os] = [click.device, click.browser, click.os].map((name) => name ?? "Unknown");
  const ip = click.ip ?? "";
  const isScan = click.trigger === "qr";
  return {
    event: "click" as const,
    timestamp,
    click: {
      ...{ id: click.clickId, timestamp, url, country, city, region: dubRegion(click.region), continent },
      ...{ device, browser, os, ua: click.ua, trigger: click.trigger, referer: click.referer ?? "(direct)" },
      ...{ refererUrl: click.refererUrl ?? "(direct)", qr: isScan, ip },
    },
    link,
    ...{ click_id: click.clickId, link_id: link.id, domain: link.domain, key: link.key, url },
    ...{ continent, country, city, device, browser, os, qr: isScan ? 1 : 0, ip },
  };
}

/** Whether the oldest click comes first. `order` is Dub's older name, which counts only when it isn't the default. */
const isAscending = ({ sortOrder, order }: z.output<typeof EventsQuery>): boolean =>
  order === "asc" || sortOrder === "asc";

/**
 * Answers `GET /api/events` in Dub's shape: clicks of a page, newest first. There are no leads and no sales.
 *
 * @throws AppError when a parameter can't be read
 */
export async function dubEvents(scope: Scope, query: z.output<typeof EventsQuery>, now: Date): Promise<object[]> {
  const filters = filtersOf(query, now);
  if (query.event !== "clicks") return [];
  const { page, limit } = query;
  const asked = { kind: "clicksInFull", limit, offset: (page - 1) * limit, oldestFirst: isAscending(query) } as const;
  const clicks = await answer(question(scope, asked, filters));
  const ids = [...new Set(clicks.map(({ linkId }) => linkId))];
  const payloads = await answer(question(scope, { kind: "linkPayloads", ids }));
  const links = new Map(clicks.map((click) => [click.linkId, click.link]));
  const objects = new Map([...links].map(([id, link]) => [id, linkObject(id, link, payloads.get(id))]));
  return clicks.flatMap((click) => {
    const link = objects.get(click.linkId);
    return link ? eventOf(click, link) : [];
  });
}
