import "server-only";
import { z } from "zod";
import { ASKED, readAsked } from "@/lib/api/mcp/arguments";
import { linkPath } from "@/lib/api/mcp/lists";
import { addressOf } from "@/lib/api/mcp/told";
import { tool } from "@/lib/api/mcp/tool";
import { AppError } from "@/lib/base/errors";
import { answer } from "@/lib/question/answer";
import { MOST_COMPARED, withLinks } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";
import { rangeDates } from "@/lib/question/words";

const PATHS = { overview: "/", links: "/links", events: "/events" } as const;

const open = tool({
  name: "open_in_footfall",
  title: "Open in Footfall",
  description:
    "The address of a page with a range and filters, to give to people: overview, links, events (single clicks), one link, or a comparison of links. Whoever opens it signs in first.",
  input: z.strictObject({
    ...ASKED,
    page: z.enum(["overview", "links", "events", "link", "compare"]).default("overview"),
    linkIds: z
      .array(z.string().min(1))
      .min(1)
      .max(MOST_COMPARED)
      .optional()
      .describe(`Ids of the links: one for page=link, up to ${MOST_COMPARED} for page=compare`),
  }),
  output: z.object({ footfall: z.string(), range: z.string(), timezone: z.string() }),
  run: async ({ page, linkIds: ids = [], ...args }, asking) => {
    const { filters, params } = await readAsked(args, asking.now);
    const isAboutLinks = page === "link" || page === "compare";
    if (page === "link" ? ids.length !== 1 : isAboutLinks !== ids.length > 0)
      throw new AppError(
        "unprocessable_entity",
        "linkIds: Send one id for page=link, some for page=compare, else none.",
      );
    const known = await answer(question(asking.scope, { kind: "labels", ids }));
    if (ids.some((id) => !known.has(id)))
      throw new AppError("unprocessable_entity", "linkIds: There is no such link. Find ids with the tool links.");
    const [id = ""] = ids;
    const footfall =
      page === "link"
        ? addressOf(asking, linkPath(id), params)
        : page === "compare"
          ? addressOf(asking, "/compare", withLinks(params, ids))
          : addressOf(asking, PATHS[page], params);
    const content = { footfall, range: rangeDates(filters), timezone: filters.zone };
    return { summary: "The address of the page.", content };
  },
});

export const OPEN_TOOLS = [open];
