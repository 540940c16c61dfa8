import "server-only";
import { z } from "zod";
import { ASKED, readAsked } from "@/lib/api/mcp/arguments";
import { addressOf, TOLD, toldOf, UNTRUSTED, untrustedText } from "@/lib/api/mcp/told";
import { tool } from "@/lib/api/mcp/tool";
import { freeText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { count } from "@/lib/base/format";
import { linkName } from "@/lib/click/link-name";
import { answer } from "@/lib/question/answer";
import { parseCursor } from "@/lib/question/codec/query-string";
import { COLUMNS } from "@/lib/question/columns";
import { question } from "@/lib/question/question";
import { withWords } from "@/lib/question/words";

const text = z.string().nullable();
const told = (value: string | null) => value && untrustedText(value);
const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The page of a link, which is about no other. */
export const linkPath = (id: string): string => `/links/${encodeURIComponent(id)}`;

const links = tool({
  name: "links",
  title: "Links",
  description: `Lists and finds links, with their clicks in the range; links without a click are listed, too. ${UNTRUSTED}`,
  input: z.strictObject({
    ...ASKED,
    search: z.string().min(1).max(500).optional().describe("Part of the title, key, short link or destination"),
    sort: z.enum(["clicks", "change", "loss", "name", "created"]).default("clicks"),
    page: z.int().min(1).max(100_000).default(1),
    pageSize: z.int().min(1).max(100).default(20),
  }),
  output: z.object({
    ...TOLD,
    total: z.int().describe("Links found, on this page or not"),
    links: z.array(
      z.object({
        clicks: z.int(),
        previous: z.int().optional(),
        archived: z.boolean(),
        createdAt: text,
        deletedAt: text,
        untrusted: z
          .object({
            footfall: z.string().describe("Address of the link’s page, for people"),
            ...{ id: z.string(), name: z.string(), destination: text, title: text, tags: z.array(z.string()) },
          })
          .describe(UNTRUSTED),
      }),
    ),
  }),
  run: async ({ search, sort, page, pageSize, ...args }, asking) => {
    const asked = await readAsked(args, asking.now);
    const q = freeText(search) ?? "";
    const more = { ...(q && { q }), ...(sort !== "clicks" && { sort }) };
    const definition = "Links that match, each with its clicks in the range that match the filters.";
    const frame = await toldOf(asking, asked, "count", { path: "/links", more, definition });
    const found = await answer(question(asking.scope, { kind: "links", q, sort, page, pageSize }, asked.filters));
    const rows = found.rows.map(({ link, clicks, previous }) => ({
      clicks,
      ...(previous !== undefined && { previous }),
      ...{ archived: link.archived, createdAt: iso(link.createdAt), deletedAt: iso(link.deletedAt) },
      untrusted: {
        // The id is a part of it.
        footfall: addressOf(asking, linkPath(link.id), asked.params),
        id: untrustedText(link.id),
        name: untrustedText(linkName(link.id, link)),
        destination: told(link.url),
        title: told(link.title),
        tags: link.tags.slice(0, 20).map(({ name }) => untrustedText(name)),
      },
    }));
    const summary = `${count(found.total)} ${found.total === 1 ? "link" : "links"} found.`;
    return { summary, content: { ...frame, total: found.total, links: rows } };
  },
});

const recentClicks = tool({
  name: "recent_clicks",
  title: "Recent clicks",
  description: `Single clicks, newest first. IP addresses and user agents are never among what is told. ${UNTRUSTED}`,
  input: z.strictObject({
    ...ASKED,
    limit: z.int().min(1).max(100).default(20),
    before: z.string().min(1).optional().describe("`older` of an earlier answer, to go on from there"),
  }),
  output: z.object({
    ...TOLD,
    older: text.describe("Send as before for older clicks; null: there are none"),
    clicks: z.array(
      z.object({
        clickedAt: z.string(),
        receivedAt: z.string(),
        bot: z.boolean(),
        untrusted: z.record(z.string(), z.string()).describe(UNTRUSTED),
      }),
    ),
  }),
  run: async ({ limit, before, ...args }, asking) => {
    const asked = await readAsked(args, asking.now);
    const cursor = before === undefined ? null : parseCursor(before);
    if (before !== undefined && cursor === null)
      throw new AppError("unprocessable_entity", "before: Use `older` of an earlier answer.");
    const definition = "Single clicks that match, each counted once, newest first.";
    const frame = await toldOf(asking, asked, "count", { path: "/events", definition });
    const page = await answer(
      question(asking.scope, { kind: "clicks", limit, before: cursor, after: null }, asked.filters),
    );
    const { rows, older } = withWords(page, asked.filters.zone);
    const clicks = rows.map(({ clickedAt, receivedAt, bot, clickId, words }) => ({
      ...{ clickedAt: clickedAt.toISOString(), receivedAt: receivedAt.toISOString(), bot },
      untrusted: {
        clickId: untrustedText(clickId),
        ...Object.fromEntries(
          COLUMNS.flatMap(({ key, dimension }) =>
            dimension && dimension !== "bot" ? [[key, untrustedText(words[key])]] : [],
          ),
        ),
      },
    }));
    return { summary: `${count(clicks.length)} clicks, newest first.`, content: { ...frame, older, clicks } };
  },
});

export const LIST_TOOLS = [links, recentClicks];
