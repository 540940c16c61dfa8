import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Every address below these folders that answers somebody. */
const FOLDERS = [join("app", "(dashboard)"), join("app", "api"), join("app", "mcp"), join("app", "share")];

/** What answers without a session, and why. */
const PUBLIC: Record<string, string> = {
  "app/api/webhooks/dub/route.ts": "deliveries are signed by the sender",
  "app/api/health/route.ts": "load balancers have no session; it names no link and no click",
  "app/api/openapi.json/route.ts": "describes the API and nothing that it answers",
  "app/api/metrics/route.ts": "asks for METRICS_TOKEN",
  "app/api/sign-in/route.ts": "makes the session",
  "app/api/sign-in/code/route.ts": "completes the session",
  "app/api/sign-in/provider/route.ts": "leads to the sign-in provider",
  "app/api/auth/callback/oidc/route.ts": "makes the session of somebody whom the provider has signed in",
  "app/api/forgot/route.ts": "mails a link to an account's own address",
  "app/api/sign-out/route.ts": "ends the session, asked for by a page of ours only",
  "app/api/setup/route.ts": "makes the first account, with SETUP_TOKEN",
  "app/api/join/route.ts": "makes an account, with an invitation",
  "app/api/reset/route.ts": "sets a password, with a link for it",
  "app/api/auth/[...all]/route.ts": "the sign-in library's own routes: signing in and out, and one's own session",
  "app/api/[[...path]]/route.ts": "says that there is nothing",
  "app/api/shares/open/route.ts": "takes the password of a share link",
  "app/share/[token]/page.tsx": "for whoever has a share link, whose question is locked",
  "app/share/[token]/picture/route.ts": "the same as a picture, if there is one",
  "app/(dashboard)/links/filter/route.ts": "rewrites an address and reads nothing",
};

const addresses = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => /(^|\/)(page\.tsx|route\.ts)$/.test(path)),
);

/** Bodies of the functions that answer: a route's methods, or a page. */
function answering(path: string, source: string): string[] {
  const begin = path.endsWith("page.tsx")
    ? /^export default async function /gm
    : /^export (?:async function|function|const) (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm;
  return [...source.matchAll(begin)].map(({ index }) => {
    const end = source.indexOf("\n}", index);
    return source.slice(index, end < 0 ? undefined : end);
  });
}

/** What a declaration at the margin of a file holds: up to its closing bracket there, or the end of its line. */
function bodyAt(source: string, index: number): string {
  const line = source.slice(index, source.indexOf("\n", index));
  const end = /[{(]$/.test(line) ? source.indexOf("\n}", index) : index + line.length;
  return source.slice(index, end);
}

/** Whether a body asks who is there, itself or in a function of the same file that it waits for. */
function asks(body: string, source: string): boolean {
  const isAsking = (text: string) => /\b(require(Viewer|ApiViewer|ApiBody)|reading)(<\w+>)?\(/.test(text);
  const helpers = [...source.matchAll(/^(?:const|async function) (\w+)/gm)];
  return (
    isAsking(body) ||
    helpers.some(([, name], at) => body.includes(`await ${name}(`) && isAsking(bodyAt(source, helpers[at]?.index ?? 0)))
  );
}

test("every page and route that is not public asks who is there", () => {
  expect(addresses.length).toBeGreaterThan(20);
  const open = addresses.filter((path) => {
    const source = readFileSync(path, "utf8");
    const bodies = answering(path, source);
    return bodies.length === 0 || !bodies.every((body) => asks(body, source));
  });
  expect(open.sort()).toEqual(Object.keys(PUBLIC).sort());
});
