import { execFile } from "node:child_process";
import { parse } from "csv-parse/sync";
import { beforeEach, expect, test } from "vitest";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { EVERYTHING, question } from "@/lib/question/question";
import { answered } from "@/scripts/ask";
import { readLine } from "@/scripts/ask/words";
import { hostOf } from "./account/host";
import { click, insertClicks, insertLinks } from "./query/rows";

const NOW = new Date("2026-08-20T12:00:00Z");

function asked(text: string): Promise<string> {
  const line = readLine(text.split(" ").filter((word) => word !== ""));
  if (!line) throw new Error("This asks for help");
  return answered(line, NOW);
}

beforeEach(async () => {
  await insertLinks([
    {
      id: "a",
      shortLink: "https://go.example.com/a",
      domain: "go.example.com",
      title: "Spring \u001b[31mred",
      tags: [{ id: "t", name: "Tag", color: null }],
    },
  ]);
  await insertClicks([
    click({ country: "DE", city: "Berlin", visitor: "a" }),
    click({ country: "DE", city: "=HYPERLINK(1)", visitor: "b" }),
    click({ country: "US", visitor: "c", referer: "news.example" }),
    click({ country: "US", bot: true }),
    click({ country: "FR", clickedAt: new Date("2026-07-15T10:00:00Z") }),
  ]);
});

test("a list is a table for people, with what it is about", async () => {
  expect(await asked("countries --last 7d --zone Europe/Berlin")).toBe(
    [
      ...["country        clicks  share", "Germany             2  66.7%", "United States       1  33.3%"],
      ...["", "3 clicks, 14 – 20 Aug 2026, Europe/Berlin, without bots"],
    ].join("\n"),
  );
  const compared = await asked("countries --last mtd --compare previous --limit 1 --bots include");
  expect(compared).toContain("country  clicks  previous  change  share");
  expect(compared).toMatch(/1 more row: --limit 2$|2 more rows: --limit 3$/m);
  expect(compared).toMatch(/No data before 15 Jul 2026: a change from a range that begins earlier says nothing\.$/);
});

test("JSON, CSV and tables have the figures of the page", async () => {
  const query = "interval=30d&country=DE,US&timezone=UTC&bots=include";
  const filters = filtersFromParams(new URLSearchParams(query), NOW);
  const page = await answer(question(EVERYTHING, { kind: "breakdown", key: "country" }, filters));
  const options = "--last 30d --country DE,US --zone UTC --bots include";
  const json = JSON.parse(await asked(`countries ${options} --json`));
  expect(json).toMatchObject({ asked: { groupBy: "countries", timezone: "UTC", bots: "include" }, total: page.total });
  expect(json.rows).toEqual(JSON.parse(JSON.stringify(page.rows)));
  const csv = parse(await asked(`country ${options} --csv`), { columns: true });
  expect(csv).toEqual(
    page.rows.map(({ value, clicks }) => expect.objectContaining({ country: value, clicks: String(clicks) })),
  );
  const totals = await answer(question(EVERYTHING, { kind: "totals" }, filters));
  expect(JSON.parse(await asked(`count ${options} --json`))).toMatchObject(totals);
});

test.each([
  ["count", /^ {2}clicks {2}visitors {2}links\n {6,}3/],
  ["timeseries --last 7d --granularity day", /^start .* clicks\n2026-08-14T00:00:00\+00:00 +0/],
  ["heatmap", /^weekday +0 /],
  ["events", /^time +link +country/],
  ["clicks --limit 1", /There are older clicks\.$/],
  ["links", /go\.example\.com\/a · Spring \[31mred +3/],
  ["tags", /^tag .*\nTag +3/],
  ["folders", /\(none\) +3/],
  ["domains", /go\.example\.com +3/],
  ["utm-sources", /\(none\) +3/],
  ["countries --country -DE", /^country .*\nUnited States +1/],
  ["countries --any.country DE --any.referer.contains news", /Germany +2\nUnited States +1|Germany.*2/],
  ["countries --search ger", /^country/],
  ["countries --visitors", /visitors/],
  ["countries --start=2026-08-15 --end=2026-08-15", /3 clicks, 15 Aug 2026, UTC, without bots$/],
])("%s", async (text, expected) => {
  const out = await asked(text);
  expect(out).toMatch(expected);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no stored text reaches the terminal as a command
  expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
});

test("a formula stays text in CSV", async () => {
  expect(await asked("cities --csv")).toContain("'=HYPERLINK(1)");
});

test.each([
  ["", "Say what to ask for"],
  ["contries", "There is no “contries” to ask for. Did you mean countries?"],
  ["passwords", "There is no “passwords” to ask for. npm run ask -- --help lists"],
  ["countries --contry DE", "There is no option --contry. Did you mean --country?"],
  ["countries --fbclid x", "There is no option --fbclid."],
  ["countries --last 7days", "There is no range “7days”. Use one of 24h, 7d"],
  ["countries --last yesterdays", "There is no range “yesterdays”. Did you mean yesterday?"],
  ["countries --country", "--country needs a value."],
  ["countries --country= --json", "--country needs a value."],
  ["countries --country --json", "--country needs a value."],
  ["countries DE", "“DE” has no option before it."],
  ["countries --zone Berlin", "timezone: Use an IANA name"],
  ["countries --last 7d --start 2026-08-01", "interval: Use interval, or start and end, not both."],
  ["countries --last 7d --last 30d", "--last is there twice."],
  ["countries --limit none", "--limit must be a whole number"],
  ["countries --sort size", "--sort: Use clicks"],
  ["countries --bots none", "--bots: Use include"],
  ["countries --weekday someday", "weekday: Use mon"],
  ["countries --country.before DE", "country.before: Unknown parameter"],
  ["countries --qr false", "There is no option --qr."],
  ["count --limit 5", "--limit is for lists"],
  ["countries --json --csv", "Use --json or --csv, not both."],
  ["events --limit 20000", "--limit: Use at most 10,000"],
])("“%s” is refused in one line", async (text, message) => {
  const failure = await Promise.resolve()
    .then(() => asked(text))
    .catch((error: Error) => error);
  expect(failure).toMatchObject({ name: "Failure", message: expect.stringContaining(message) });
  expect((failure as Error).message).not.toContain("\n");
});

test("the command prints an answer, or one line and exits with 1", async () => {
  const run = (...words: string[]) =>
    new Promise<object>((resolve) => {
      const command = ["--conditions=react-server", "--import", "tsx", "scripts/ask.ts", ...words];
      execFile(process.execPath, command, { env: hostOf() }, (error, out, err) =>
        resolve({ code: error ? error.code : 0, out, err }),
      );
    });
  const [answer, refusal, help] = await Promise.all([
    run("count", "--last", "all", "--json", "--bots", "include"),
    run("countries", "--contry", "DE"),
    run("--help"),
  ]);
  expect(answer).toMatchObject({ code: 0, err: "", out: expect.stringContaining('"clicks": 5') });
  expect(refusal).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^There is no option.*\n$/) });
  expect(help).toMatchObject({ code: 0, err: "", out: expect.stringContaining("npm run ask -- WHAT") });
});
