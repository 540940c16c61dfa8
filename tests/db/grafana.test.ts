import { beforeEach, expect, test } from "vitest";
import dashboard from "../../docs/grafana.json";
import { reader, seed } from "./sql-users";

beforeEach(seed);

/** A statement as Grafana sends it: its macros and variables as its documentation fills them in. */
function filledIn(sql: string, bots: string): string {
  const [from, to] = ["2026-08-01T00:00:00Z", "2026-08-31T00:00:00Z"];
  return sql
    .replaceAll(/\$__timeFilter\(([\w.]+)\)/g, `$1 BETWEEN '${from}' AND '${to}'`)
    .replaceAll("$__interval", "1h")
    .replaceAll(/\$__timeGroupAlias\(([\w.]+), 1h\)/g, `floor(extract(epoch from $1)/3600)*3600 AS "time"`)
    .replaceAll("$bots", bots);
}

test("every statement of the Grafana dashboard answers such a user", async () => {
  const client = await reader();
  const found: Record<string, unknown> = {};
  for (const { title, targets } of dashboard.panels) {
    for (const { rawSql } of targets) {
      for (const bots of ["only", "include", "exclude"]) {
        const sql = filledIn(rawSql, bots);
        expect(sql, title).not.toContain("$");
        found[`${title}, ${bots}`] = (await client.query(sql)).rows;
      }
    }
  }
  expect(dashboard.panels.length).toBeGreaterThan(5);
  expect(found).toMatchObject({
    "Clicks, exclude": [{ clicks: "1" }],
    "Clicks, include": [{ clicks: "2" }],
    "Clicks, only": [{ clicks: "1" }],
    "Countries, include": [
      { country: "DE", clicks: "1" },
      { country: "US", clicks: "1" },
    ],
    "Top links, include": [{ link: "https://go.example.com/a", title: "Spring", tags: "Second, First", clicks: "2" }],
    "Share of bots, exclude": [{ bots: "0.50000000000000000000" }],
    "Clicks over time, include": [{ time: "1786788000", clicks: "2" }],
    "Ingest lag, include": [{ median: 3.5 }],
  });
});
