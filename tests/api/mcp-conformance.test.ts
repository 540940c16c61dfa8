import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { madeKey } from "./access-helpers";
import { serveMcp } from "./mcp-helpers";

const CLI = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

/**
 * The suite's scenarios for every server that has tools. It can't send a key, so the server here adds one to what comes
 * without. Its other scenarios need what a server for the suite alone has: tools such as test_simple_text, prompts,
 * resources, completion, log messages, sampling, elicitation, and sessions with streams that are resumed.
 */
const SCENARIOS = [
  "server-initialize",
  "ping",
  "tools-list",
  "dns-rebinding-protection",
  "server-sse-multiple-streams",
];

/** The suite takes `globSync` from `fs`, which Node 20 lacks, for a command that isn't used here. */
const FOR_NODE_20 = `data:text/javascript,${encodeURIComponent(`
  import { register } from "node:module";
  const files = 'export * from "node:fs"; export { default } from "node:fs"; export const globSync = undefined;';
  const hook = \`export const resolve = (name, context, next) => name === "fs" && context.parentURL?.includes("/conformance/")
    ? { url: "data:text/javascript," + encodeURIComponent(\${JSON.stringify(files)}), shortCircuit: true } : next(name, context);\`;
  register("data:text/javascript," + encodeURIComponent(hook));
`)}`;

async function run(url: URL, scenario: string): Promise<{ code: number | null; output: string }> {
  const isOld = Number.parseInt(process.versions.node, 10) < 22;
  const args = [...(isOld ? ["--import", FOR_NODE_20] : []), CLI, "server", "--url", url.href, "--scenario", scenario];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { code, output };
}

test.each(SCENARIOS)("the protocol's conformance suite passes: %s", async (scenario) => {
  const { authorization } = await madeKey({ name: "Suite", scopes: ["read"] });
  const { code, output } = await run(await serveMcp({ authorization }), scenario);
  expect(output).toMatch(/Passed: \d+\/\d+, 0 failed/);
  expect(code, output).toBe(0);
});
