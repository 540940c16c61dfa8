import fc from "fast-check";
import { clickPayload, linkPayload } from "./factory";

/** JSON of every kind, with odd keys and text that is not well-formed. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "Unknown",
    "",
    "\0",
    "\uD800",
    "__proto__",
    "https://",
    "https://[",
    "%",
    "2026-13-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    1e308,
    -0,
  ),
);
const fields = (names: string[]) => fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor"), value);
const event = fc.constantFrom(
  "link.clicked",
  "link.created",
  "link.updated",
  "link.deleted",
  "lead.created",
  "toString",
);

/** Clicks of which some parts are anything. */
export const almostClicks = fc
  .record({
    click: fields([
      "id",
      "timestamp",
      "url",
      "country",
      "region",
      "referer",
      "refererUrl",
      "qr",
      "ua",
      "ip",
      "trigger",
    ]),
    link: fields(["id", "domain", "key", "title", "tags", "archived", "password", "createdAt", "updatedAt"]),
    event,
  })
  .map((overrides) => JSON.stringify(clickPayload(overrides)));

/** Events about links of which some parts are anything. */
export const almostLinks = fc
  .tuple(event, fields(["id", "tags", "updatedAt", "password"]))
  .map(([name, link]) => JSON.stringify(linkPayload(name, link)));

const anyJson = fc
  .record({ event: fc.oneof(event, value), data: value, id: value })
  .map((json) => JSON.stringify(json));
const cut = fc.tuple(almostClicks, fc.nat(3_000)).map(([text, length]) => text.slice(0, length));
const garbage = fc.uint8Array({ maxLength: 300 });

/** Bodies as text or bytes that an authentic sender could send at its worst. */
export const hostileBodies: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  almostClicks,
  almostLinks,
  anyJson,
  cut,
  garbage,
);

/** Bodies that are large or deep: expensive to make, so one of a few. */
export const hugeBodies: readonly string[] = [
  "[".repeat(200_000),
  `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`,
  JSON.stringify({ event: "link.clicked", data: `${"[".repeat(20_000)}${"]".repeat(20_000)}` }),
  JSON.stringify(clickPayload({ click: { id: "huge", ua: "x".repeat(500_000) } })),
  JSON.stringify(clickPayload({ click: { id: "huge", referer: "\u202E".repeat(100_000) } })),
  JSON.stringify(clickPayload({ click: { id: "x".repeat(300_000) } })),
  JSON.stringify(clickPayload({ link: { id: "link_huge", title: "\\u0000".repeat(50_000) } })),
  JSON.stringify(clickPayload({ link: { id: "link_tags", tags: Array(20_000).fill({ id: "t", name: "n" }) } })),
  `{"event":"link.clicked","event":"link.created","data":${"9".repeat(400_000)}}`,
  `"${"\\ud800".repeat(100_000)}"`,
  " ".repeat(1_048_576),
];
