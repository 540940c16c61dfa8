import { createHash } from "node:crypto";
import { BOT_WORDS, DIMENSIONS, WEEKDAYS } from "@/lib/click/dimensions";
import type { Condition, FieldName } from "@/lib/question/question";
import { CLICK_VALUES } from "./columns";
import { HOSTILE } from "./hostile";
import type { Random } from "./random";
import { type NaiveLink, sentOf, type World } from "./world";

/** What is meant, and how it stands in the address. */
export type AskedConditions = { conditions: Condition[]; anyOf: Condition[][] };
type Entry = [name: string, value: string];

const SENT_IDS = ["externalId", "tenantId", "partnerId", "programId"] as const;
type Valued = "domain" | "folderId" | "key" | "title" | "tagId" | (typeof SENT_IDS)[number];

const LINK_VALUES: Record<Valued, (link: NaiveLink) => string | null> = {
  externalId: (link) => sentOf(link, "externalId"),
  tenantId: (link) => sentOf(link, "tenantId"),
  partnerId: (link) => sentOf(link, "partnerId"),
  programId: (link) => sentOf(link, "programId"),
  domain: ({ domain }) => domain,
  folderId: ({ folderId }) => folderId,
  key: ({ key }) => key,
  title: ({ title }) => title,
  tagId: ({ tags }) => tags[0]?.id ?? null,
};
const CHOICES: Partial<Record<FieldName, readonly string[]>> = {
  bot: BOT_WORDS,
  weekday: WEEKDAYS,
  hour: Array.from({ length: 24 }, (_, hour) => String(hour)),
  archived: ["true", "false"],
  root: ["true", "false"],
};
const FIELDS: readonly FieldName[] = [
  ...DIMENSIONS.map(({ key }) => key),
  ...(["key", "title", "archived", "root"] as const),
  ...SENT_IDS,
];
const IDS: readonly FieldName[] = ["tagId", "folderId", ...SENT_IDS];
const NONE = new Map<string, string>(DIMENSIONS.map(({ key, none }) => [key, none]));

/** None to four conditions, and groups of them at times. */
export function randomConditions(random: Random, world: World): AskedConditions & { entries: Entry[] } {
  const { below, chance } = random;
  const conditions = Array.from({ length: chance(0.2) ? 0 : 1 + below(chance(0.3) ? 4 : 2) }, () =>
    randomCondition(random, world),
  );
  const anyOf = Array.from({ length: chance(0.25) ? 1 + below(2) : 0 }, () =>
    Array.from({ length: 1 + below(3) }, () => randomCondition(random, world)),
  );
  const entries = [
    ...conditions.map((condition) => written(condition, "")),
    ...anyOf.flatMap((group, at) => group.map((condition) => written(condition, at === 0 ? "any." : `any${at}.`))),
  ];
  return { conditions, anyOf, entries };
}

export function randomCondition(random: Random, world: World): Condition {
  const { below, chance, pick, some } = random;
  const field = pick(FIELDS);
  const isNegated = chance(0.5);
  const op = isNegated ? "isNot" : "is";
  const choices = CHOICES[field];
  if (choices) return { field, op, values: some(choices, 1 + below(4)) };
  if (!IDS.includes(field) && chance(0.3)) {
    const parts = Array.from({ length: 1 + below(2) }, () => partOf(random, storedValue(random, world, field) ?? "a"));
    return { field, op: isNegated ? "notContains" : "contains", values: [...new Set(parts)] };
  }
  if (chance(0.08)) return { field, op, values: [null] };
  const values = Array.from({ length: 1 + below(chance(0.2) ? 8 : 2) }, () => {
    const value = storedValue(random, world, field) || (NONE.has(field) ? null : "x");
    return value === null ? null : spelled(random, field, value);
  });
  return { field, op, values: [...new Set(values)] };
}

function storedValue({ chance, pick }: Random, { clicks, links }: World, field: FieldName): string | null {
  if (chance(0.07)) return pick(HOSTILE);
  if (Object.hasOwn(CLICK_VALUES, field)) return CLICK_VALUES[field as keyof typeof CLICK_VALUES](pick(clicks));
  return LINK_VALUES[field as keyof typeof LINK_VALUES](pick([...links.values()]));
}

/** A value as people write it who have read the sender's documentation. */
function spelled({ chance, pick }: Random, field: FieldName, value: string): string {
  if (chance(0.5)) return value;
  const letters = [...value].length;
  if (letters >= 100 && Object.hasOwn(CLICK_VALUES, field) && chance(0.7))
    return `~${letters}-${createHash("md5").update(value).digest("hex")}`;
  switch (field) {
    case "device":
    case "browser":
    case "os":
    case "country":
    case "continent":
      return value.toLowerCase();
    case "region":
      return pick([
        value.toLowerCase(),
        value.slice(value.indexOf("-") + 1) || "x",
        `-${value}`,
        value.slice(3).toLowerCase() || "ca",
      ]);
    case "url":
      return pick([value.replace(/[?#].*/s, "") || "x", `${value}?`, `${value}&dub_id=1`, `${value}?via=bob&dub_id=2`]);
    case "refererUrl":
      return pick([`${value}?q=1`, `${value}#top`]);
    case "externalId":
      return `ext_${value}`;
    default:
      return pick([value.toLowerCase(), value]);
  }
}

function partOf({ below, chance }: Random, value: string): string {
  const letters = [...(value || "%")];
  const start = below(letters.length);
  const part = letters.slice(start, start + 1 + below(chance(0.1) ? 3_000 : 6)).join("");
  return chance(0.3) ? part.toUpperCase() : chance(0.3) ? part.toLowerCase() : part;
}

/** One parameter of an address. */
export function written({ field, op, values }: Condition, group: string): Entry {
  const none = NONE.get(field);
  if (values.length === 1 && values[0] === null && none === undefined)
    return [`${group}${field}.empty`, String(op === "is")];
  const isText = op === "contains" || op === "notContains";
  const parts = values.map((value) => {
    if (value === null) return none;
    const escaped = value.replaceAll("\\", "\\\\").replaceAll(",", "\\,");
    return value.startsWith("-") || (value === none && !isText) ? `\\${escaped}` : escaped;
  });
  const sign = op === "isNot" || op === "notContains" ? "-" : "";
  return [`${group}${field}${isText ? ".contains" : ""}`, sign + parts.join(",")];
}
