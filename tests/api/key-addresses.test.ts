import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { GET as dubAnalytics } from "@/app/api/analytics/route";
import { GET as dubEvents } from "@/app/api/events/route";
import { GET as exportFile } from "@/app/api/export/[file]/route";
import { GET as exportClicks } from "@/app/api/export/events.csv/route";
import { GET as analytics } from "@/app/api/v1/analytics/route";
import { GET as changes } from "@/app/api/v1/clicks/route";
import { GET as events } from "@/app/api/v1/events/route";
import { GET as links } from "@/app/api/v1/links/route";
import { GET as why } from "@/app/api/v1/why/route";
import { db } from "@/lib/base/db";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { addresses } from "../addresses";
import { click, insertClicks, insertLinks } from "../db/query/rows";
import { madeKey } from "./access-helpers";

/** Addresses that are asked. */
const RUNS = Number(process.env.KEY_ADDRESSES ?? 5_000);

const FILES = [
  ...DIMENSIONS.map(({ groupBy }) => `${groupBy}.csv`),
  "timeseries.csv",
  "all.zip",
  "none.csv",
  "__proto__",
];

/** Routes that answer with JSON. */
const ROUTES: Record<string, typeof analytics> = {
  ...{ analytics: dubAnalytics, events: dubEvents, "v1/analytics": analytics, "v1/events": events },
  ...{ "v1/clicks": changes, "v1/links": links, "v1/why": why },
};

/** In every text of the links that the key doesn't open, and of their clicks. */
const SECRET = "hidden-from-keys";

beforeEach(async () => {
  await insertLinks([
    {
      id: "own",
      shortLink: "https://go.example.com/own",
      domain: "go.example.com",
      tags: [{ id: "t", name: "Spring" }],
    },
    {
      ...{ id: "other", domain: `${SECRET}.example`, key: SECRET, shortLink: `https://${SECRET}.example/${SECRET}` },
      ...{
        title: SECRET,
        folderId: SECRET,
        tags: [{ id: SECRET, name: SECRET }],
        payload: { comments: SECRET, externalId: SECRET },
      },
    },
  ]);
  await insertClicks([
    click({ linkId: "own", country: "DE", browser: "Chrome" }),
    click({ linkId: "own", country: "US", browser: "Firefox" }),
    ...Array.from({ length: 5 }, (_, index) =>
      click({
        ...{ linkId: "other", country: "NZ", city: SECRET, referer: `${SECRET}.example`, browser: SECRET, os: SECRET },
        ...{ visitor: `${SECRET} ${index}`, utmSource: SECRET },
      }),
    ),
  ]);
});

/** Every number in an answer that counts clicks, links or visitors. */
const counts = (answer: unknown): number[] =>
  typeof answer !== "object" || answer === null
    ? []
    : Object.entries(answer).flatMap(([name, value]) =>
        typeof value === "number" && /^(clicks|links|visitors)$/.test(name) ? [value] : counts(value),
      );

test("no address widens what a limited key gets", async () => {
  const { authorization, id } = await madeKey({ name: "Client", links: { linkId: ["own"] } });
  await db().apiKey.update({ where: { id }, data: { perMinute: 1_000_000 } });
  const asked = fc.oneof(
    fc.record({ path: fc.constantFrom(...Object.keys(ROUTES)), file: fc.constant("") }),
    fc.record({ path: fc.constant("export"), file: fc.constantFrom(...FILES) }),
    fc.record({ path: fc.constant("export"), file: fc.constant("events.csv") }),
  );
  const answered = { ok: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(asked, addresses, async ({ path, file }, entries) => {
      const query = new URLSearchParams(entries);
      const request = new Request(`http://localhost/api/${path}${file && `/${file}`}?${query}`, {
        headers: { authorization },
      });
      const ask = () => {
        const route = ROUTES[path];
        if (route) return route(request, {});
        if (file === "events.csv") return exportClicks(request, {});
        return exportFile(request, { params: Promise.resolve({ file }) });
      };
      const response = await ask();
      const body = await response.text();
      expect([200, 400, 404, 422]).toContain(response.status);
      answered[response.ok ? "ok" : "refused"]++;
      // What is refused may quote the address.
      if (!response.ok) return;
      expect(body).not.toContain(SECRET);
      // The file about an export says in words what was asked for.
      if (!/NZ/i.test(`${query}`)) expect(body).not.toMatch(/New Zealand|"NZ"|,NZ,/);
      if (path !== "export") expect(Math.max(0, ...counts(JSON.parse(body)))).toBeLessThanOrEqual(2);
    }),
    { numRuns: RUNS },
  );
  expect(answered.ok).toBeGreaterThan(RUNS / 20);
  expect(answered.refused).toBeGreaterThan(RUNS / 20);
}, 300_000);
