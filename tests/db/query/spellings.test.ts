import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import type { ClickDimensionKey } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withCity, withValue } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";
import { clickPayload } from "@/tests/factory";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { deliver } from "../deliveries/deliver";
import { OWNER } from "./rows";

let mirrored: Mirrored | null = null;

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

const filters = (query: string) => filtersFromParams(new URLSearchParams(`interval=all&${query}`), new Date());
const clicks = async (query: string) => (await answer(question(OWNER, { kind: "totals" }, filters(query)))).clicks;

type Said = Record<string, unknown>;

/** One click each with what is said, on links of their own where that is said. */
async function send(...said: { click?: Said; link?: Said }[]): Promise<void> {
  const bodies = said.map(({ click, link }, at) =>
    clickPayload({ id: `evt_${at}`, click: { id: `click_${at}`, ...click }, ...(link && { link }) }),
  );
  expect(await deliver(...bodies)).toEqual(said.map(() => "counted"));
}

const ENGINES = ["Postgres", "the mirror"] as const;

async function answeredBy(engine: (typeof ENGINES)[number]): Promise<void> {
  if (engine === "the mirror") mirrored = await startMirror();
}

const SPELLINGS: [ClickDimensionKey, string, unknown[]][] = [
  ["device", "device", ["desktop", "Desktop", "DESKTOP", "Mobile", "unknown"]],
  ["os", "os", ["Mac OS", "macOS", "ios", "iOS", "Something New", "something new"]],
  ["browser", "browser", ["chrome", "Chrome", "Newcomer", "NEWCOMER"]],
  ["trigger", "trigger", ["qr", "QR", "Link", "link"]],
  ["country", "country", ["UK", "GB", "gb", "XX", "T1", null]],
  ["region", "region", ["ca", "CA", "us-ca", "13", 13]],
  ["city", "city", ["São Paulo", "Sa\u0303o Paulo", " São  Paulo"]],
  ["continent", "continent", ["eu", "EU", ""]],
  [
    "referer",
    "referer",
    [
      "news.example",
      "NEWS.example:80",
      "com.Slack",
      "android-app://com.slack/",
      "xn--bcher-kva.example",
      "bücher.example",
    ],
  ],
  ["refererUrl", "refererUrl", ["https://news.example", "HTTPS://News.example/?q", "http://news.example/"]],
  [
    "url",
    "url",
    [
      "https://shop.example",
      "https://SHOP.example/?fbclid=1",
      "https://shop.example/?a=1",
      "https://shop.example/?a=1&gclid=2",
    ],
  ],
];

test.each(ENGINES)("a row has as many clicks as its own filter, in every operator: %s", async (engine) => {
  await answeredBy(engine);
  const said = SPELLINGS.flatMap(([, name, values]) => values.map((value) => ({ click: { [name]: value } })));
  await send(...said);

  for (const [key] of SPELLINGS) {
    const { rows, total } = await answer(question(OWNER, { kind: "breakdown", key }, filters("")));
    for (const row of rows) {
      const name = `${key} ${row.value}`;
      const none = new URLSearchParams();
      const params = row.place ? withCity(none, { ...row.place, city: row.value }) : withValue(none, key, row.value);
      expect([name, await clicks(String(params))]).toEqual([name, row.clicks]);
      // A place is three conditions.
      if (row.place) continue;
      const negated = new URLSearchParams([...params].map(([param, value]) => [param, `-${value}`]));
      expect([name, await clicks(String(negated))]).toEqual([name, total - row.clicks]);
    }
  }
});

test.each(ENGINES)("what is meant is found in whatever case it is asked for: %s", async (engine) => {
  await answeredBy(engine);
  await send({
    click: { device: "Mobile", os: "iOS", browser: "Mobile Safari", referer: "news.example", country: "GB" },
  });
  const asked = [
    "device=mobile",
    "os=ios",
    "os=IOS",
    "browser=mobile%20safari",
    "country=uk",
    "referer=NEWS.example.",
    "-os",
  ];
  for (const query of asked.slice(0, -1)) expect([query, await clicks(query)]).toEqual([query, 1]);
  expect(await clicks("os=-ios")).toBe(0);
});

test.each(ENGINES)("contains ignores accents and Unicode's forms: %s", async (engine) => {
  await answeredBy(engine);
  await send({ click: { city: "Sa\u0303o Paulo" } }, { click: { city: "Łódź" } }, { click: { city: "Gießen" } });
  for (const [part, found] of [
    ["sao", 1],
    ["sa\u0303o ", 1],
    ["lodz", 1],
    ["giessen", 1],
    ["SÃO", 1],
    ["x", 0],
  ] as const) {
    expect([part, await clicks(`city.contains=${encodeURIComponent(part)}`)]).toEqual([part, found]);
  }
});

test("rows that would have the same words are told apart", async () => {
  await send({ click: { refererUrl: "https://news.example/" } }, { click: { refererUrl: "http://news.example/" } });
  const { rows } = await answer(
    question(OWNER, { kind: "values", field: "refererUrl", search: null, limit: 10 }, filters("")),
  );
  expect(rows.map(({ text }) => text).sort()).toEqual(["http://news.example/", "news.example/"]);
});

test("a link is found by its address as it was copied, its id, its name in any script, and without accents", async () => {
  const link = {
    id: "link_1XN",
    domain: "xn--mnchen-3ya.example",
    key: "Wiesn",
    shortLink: "https://xn--mnchen-3ya.example/Wiesn",
    title: "Frühlingsangebot",
  };
  await send(
    { link },
    { link: { id: "other", domain: "go.example", key: "x", shortLink: "https://go.example/x", title: "Other" } },
  );
  const searches = [
    ...[
      "https://münchen.example/Wiesn",
      "https://xn--mnchen-3ya.example/Wiesn/",
      "HTTP://MÜNCHEN.example/wiesn?utm_source=mail#top",
    ],
    ...[
      "münchen.example/wiesn?x=1",
      "xn--mnchen-3ya.example",
      "munchen.example",
      "fruhlingsangebot",
      " FRÜHLINGS  ",
      "link_1XN",
    ],
  ];
  for (const search of searches) {
    const found = await answer(question(OWNER, { kind: "linkSearch", search }));
    expect([search, found.map(({ id }) => id)]).toEqual([search, ["link_1XN"]]);
  }
  expect((await db().link.findUnique({ where: { id: "link_1XN" } }))?.shortLink).toBe("https://münchen.example/Wiesn");
});

test("domains have no case, keys neither, and both are found by either name", async () => {
  await send({ link: { domain: "GO.example", key: "Promo", shortLink: "https://GO.example/Promo" } });
  for (const query of [
    "domain=go.example",
    "domain=Go.Example",
    "key=promo",
    "key=PROMO",
    "domain.contains=GO",
    "key.contains=PRO",
  ]) {
    expect([query, await clicks(query)]).toEqual([query, 1]);
  }
  expect(await clicks("key=prom")).toBe(0);
});

test("an app is found by its name, a host by either of its names", async () => {
  await send(
    { click: { referer: "android-app://com.google.android.gm/" } },
    { click: { referer: "xn--bcher-kva.example" } },
  );
  const found = async (search: string) =>
    (await answer(question(OWNER, { kind: "values", field: "referer", search, limit: 10 }, filters("")))).rows.map(
      ({ text }) => text,
    );
  expect(await found("gmail")).toEqual(["Gmail app"]);
  expect(await found("bücher")).toEqual(["bücher.example"]);
  expect(await found("xn--bcher-kva.example")).toEqual(["bücher.example"]);
  expect(await found("bucher")).toEqual(["bücher.example"]);
});

test.each(ENGINES)("text that no database can hold finds nothing: %s", async (engine) => {
  await answeredBy(engine);
  await send({});
  for (const search of ["\0", "a\0b", "\uD800", "\uDC00x"]) {
    expect(await answer(question(OWNER, { kind: "valueSearch", search }, filters("")))).toEqual([]);
    expect(
      (await answer(question(OWNER, { kind: "values", field: "city", search, limit: 5 }, filters("")))).rows,
    ).toEqual([]);
    expect(
      (await answer(question(OWNER, { kind: "breakdown", key: "city", rows: { search } }, filters("")))).rows,
    ).toEqual([]);
    expect(await answer(question(OWNER, { kind: "linkSearch", search }))).toEqual([]);
  }
});

test.each(ENGINES)("a search over all fields finds what each field finds by itself: %s", async (engine) => {
  await answeredBy(engine);
  const places = [
    ...[
      { city: "Bremen", country: "DE" },
      { city: "Bremen", country: "US", region: "OH" },
      { city: "Bern", country: "CH" },
    ],
    ...[{ city: "Berlin", device: "Tablet" }, { city: "Bergen", os: "BeOS" }, { referer: "berlin.example" }],
  ];
  await send(...places.map((click) => ({ click })), {
    link: { id: "l", key: "bern", tags: [{ id: "t", name: "Berlin" }] },
  });
  for (const search of ["be", "ber", "germ", "BREMEN", "tablet", "human", "nothing of the kind"]) {
    const found = await answer(question(OWNER, { kind: "valueSearch", search }, filters("")));
    for (const { field, ...values } of found)
      expect([field, values]).toEqual([
        field,
        await answer(question(OWNER, { kind: "values", field, search, limit: 3 }, filters(""))),
      ]);
    const fields = new Set(found.map(({ field }) => field));
    for (const field of ["city", "country", "referer", "os", "tagId", "linkId", "bot"] as const) {
      const { rows } = await answer(question(OWNER, { kind: "values", field, search, limit: 3 }, filters("")));
      expect([search, field, fields.has(field)]).toEqual([search, field, rows.length > 0]);
    }
  }
});
