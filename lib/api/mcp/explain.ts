import "server-only";
import { z } from "zod";
import { namesIn } from "@/lib/api/about";
import { figureOf } from "@/lib/api/explain";
import { ASKED, GROUPS, readAsked } from "@/lib/api/mcp/arguments";
import { TOLD, toldOf, UNTRUSTED } from "@/lib/api/mcp/told";
import { tool } from "@/lib/api/mcp/tool";
import { whyFacts } from "@/lib/api/why";
import { answer } from "@/lib/question/answer";
import { question } from "@/lib/question/question";

const FIGURES = ["count", "timeseries", "heatmap"] as const;

const explain = tool({
  name: "explain_number",
  title: "Explain a number",
  description: `How a figure is counted: what it includes and leaves out, how many clicks match of all that are stored, and how fresh it is. ${UNTRUSTED}`,
  input: z.strictObject({
    ...ASKED,
    groupBy: z
      .enum([...FIGURES, ...GROUPS])
      .default("count")
      .describe("The figure: count for totals"),
  }),
  output: z.object({
    ...TOLD,
    matching: z.int().describe("Clicks that match"),
    stored: z.int().describe("All clicks that the key may see"),
    facts: z.array(z.object({ name: z.string(), text: z.string() })),
  }),
  run: async ({ groupBy, ...args }, asking) => {
    const asked = await readAsked(args, asking.now);
    const figure = figureOf(groupBy);
    const told = await toldOf(asking, asked, figure);
    const [why, names] = await Promise.all([
      answer(question(asking.scope, { kind: "why", figure }, asked.filters)),
      namesIn(asking.scope, asked.filters),
    ]);
    const { matching, stored } = why;
    // Filters name links and tags, and are among what is untrusted.
    const facts = whyFacts(figure, asked.filters, why, names).filter(({ name }) => name !== "Filters");
    const summary = facts.find(({ name }) => name === "Answered by")?.text ?? "";
    return { summary, content: { ...told, matching, stored, facts } };
  },
});

export const EXPLAIN_TOOLS = [explain];
