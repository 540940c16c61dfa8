import { splitStatements } from "../../scripts/statements";

// What a Citus cluster can't do, or does in another way without a word. Everything here is valid on any Postgres and costs
// little there, so it can be kept without a cluster at hand.

/** Tables in shards, by `link_id`; and tables of which every node has a copy. All others are on the coordinator alone. */
export const SHARDED = ["click", "destination"];
export const COPIED = ["link"];

/** SQL in lower case on one line, without comments, the contents of strings, and the quotes of names. */
export function plainSql(sql: string): string {
  return sql
    .replaceAll(/\/\*[\s\S]*?\*\/|--[^\n]*/g, " ")
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll('"', "")
    .replaceAll(/\bpublic\./gi, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

const uses = (sql: string, tables: readonly string[]): boolean =>
  new RegExp(`(?:\\b(?:from|join|into|update|table|on)|,) (?:only )?(?:${tables.join("|")})\\b(?!\\.)`).test(sql);

/** What is between brackets that open at an index, and its parts between commas. */
function inBrackets(sql: string, open: number): { text: string; parts: number } {
  let depth = 0;
  let parts = 1;
  for (let at = open; at < sql.length; at++) {
    if (sql[at] === "(") depth++;
    else if (sql[at] === ")" && --depth === 0) return { text: sql.slice(open + 1, at), parts };
    else if (sql[at] === "," && depth === 1) parts++;
  }
  return { text: sql.slice(open + 1), parts };
}

const all = (sql: string, opening: RegExp) =>
  [...sql.matchAll(opening)].map((found) => inBrackets(sql, found.index + found[0].length - 1));

/** `whole`: with the contents of strings. */
type Rule = { says: string; breaks: (sql: string, whole: string) => boolean };

/** Rules for a plain statement that reads or writes tables of clicks and links. */
const STATEMENT_RULES: Rule[] = [
  {
    says: "name the zone: shards have their own, so date_trunc needs three parameters",
    breaks: (sql) => all(sql, /\bdate_trunc\s*\(/g).some(({ parts }) => parts < 3),
  },
  {
    says: "name the zone: a date of a timestamptz is the node's",
    breaks: (sql) =>
      /::date\b|\bas date\)|\bto_char\s*\((?!.*\bat time zone\b)|\bextract\s*\((?!epoch\b)(?!.*\bat time zone\b)/.test(
        sql,
      ),
  },
  {
    says: "only columns, excluded and immutable functions after “do update set”, and no parameters of a batch",
    breaks: (sql) => {
      const [insert, update] = sql.split(/\bdo update set\b/);
      if (update === undefined) return false;
      const isBatch = !/\bvalues\s*\(/.test(insert ?? "");
      const isOpen =
        /\b(now|clock_timestamp|statement_timestamp|random|gen_random_uuid|nextval)\s*\(|\bcurrent_|\(\s*select\b/;
      return isOpen.test(update) || (isBatch && /\$\d/.test(update));
    },
  },
  { says: "no merge", breaks: (sql) => /^merge\b|\bmerge into\b/.test(sql) },
  { says: "no ctid", breaks: (sql) => /\bctid\b/.test(sql) },
  { says: "no grouping sets over click", breaks: (sql) => /\b(grouping sets|rollup|cube)\s*\(/.test(sql) },
  {
    says: "no lateral from links to clicks",
    breaks: (sql) => all(sql, /\blateral\s*\(/g).some(({ text }) => uses(text, SHARDED)),
  },
  { says: "no recursion over clicks", breaks: (sql) => /\bwith recursive\b/.test(sql) && uses(sql, SHARDED) },
  {
    says: "aggregate clicks, then join: no subquery over click that refers to link",
    breaks: (sql) =>
      all(sql, /\((?=\s*select\b)/g).some(
        ({ text }) => uses(text, SHARDED) && !uses(text, COPIED) && /\blink\./.test(text),
      ),
  },
  {
    says: "no “for update” of clicks of several links",
    breaks: (sql) => /\bfor (no key )?(update|share)\b/.test(sql) && uses(sql, SHARDED) && !/\blink_id = /.test(sql),
  },
  {
    says: "no notification, advisory lock or sequence in a statement over clicks: it would be a worker's",
    breaks: (sql) => /\b(pg_notify|pg_(try_)?advisory_\w+|nextval)\s*\(/.test(sql) && uses(sql, SHARDED),
  },
  {
    says: "link_id never changes",
    breaks: (sql) =>
      /^update (click|destination)\b/.test(sql) && /\bset\b.*\blink_id =/.test(sql.split(/ (?:from|where) /)[0] ?? ""),
  },
  {
    says: "sizes and estimates come from Citus' functions",
    breaks: (sql) => /\b(pg_total_relation_size|reltuples|n_live_tup)\b/.test(sql),
  },
];

const PLAIN = /^(select|with|insert|update|delete|merge|copy)\b/;

/** The rules that a statement breaks which reads or writes clicks, links or destinations; none for other statements. */
export function brokenRules(statement: string): string[] {
  const sql = plainSql(statement);
  if (!PLAIN.test(sql) || !uses(sql, [...SHARDED, ...COPIED])) return [];
  return STATEMENT_RULES.filter(({ breaks }) => breaks(sql, statement)).map(({ says }) => says);
}

const NAMED = [...SHARDED, ...COPIED].join("|");
const alters = (sql: string, what: RegExp) =>
  new RegExp(`^alter table (only )?(${NAMED}) `).test(sql) && what.test(sql);

/** Rules for a statement of a migration. */
const MIGRATION_RULES: Rule[] = [
  {
    says: "every unique key of clicks has link_id",
    breaks: (sql) => {
      const isKey = new RegExp(`^create unique index .* on (${SHARDED.join("|")})\\b`).test(sql);
      if (isKey) return !/\blink_id\b/.test(sql);
      const ofTable = new RegExp(`^(alter|create) table (if not exists )?(${SHARDED.join("|")})\\b`).test(sql);
      return ofTable && all(sql, /\b(primary key|unique)\s*\(/g).some(({ text }) => !/\blink_id\b/.test(text));
    },
  },
  {
    says: "no triggers on tables of clicks and links",
    breaks: (sql) => new RegExp(`^create (or replace )?(constraint )?trigger .* on (${NAMED})\\b`).test(sql),
  },
  { says: "no “on update cascade”", breaks: (sql) => /\bon update cascade\b/.test(sql) },
  {
    says: "no foreign key from or to tables of clicks and links",
    breaks: (sql) => alters(sql, /\breferences\b/) || new RegExp(`\\breferences (${NAMED})\\b`).test(sql),
  },
  {
    says: "one change of a table at a time",
    breaks: (sql) => alters(sql, /./) && inBrackets(`(${sql})`, 0).parts > 1,
  },
  {
    says: "no constraint, identity or serial with a new column",
    breaks: (sql) => alters(sql, /\badd column\b.*\b(check|unique|primary key|references|identity|bigserial|serial)\b/),
  },
  {
    says: "every constraint has a name",
    breaks: (sql) => alters(sql, /\badd (check|unique|primary key|foreign key|exclude)\b/),
  },
  { says: "one object for each drop", breaks: (sql) => /^drop (table|index|view)\b[^(]*,/.test(sql) },
  { says: "nothing concurrently: a migration is a transaction", breaks: (sql) => /\bconcurrently\b/.test(sql) },
  {
    says: "functions are PL/pgSQL",
    breaks: (_, whole) => /\bcreate (or replace )?function\b/i.test(whole) && !/\blanguage plpgsql\b/i.test(whole),
  },
  {
    says: "a table by link is distributed (scripts/citus.ts), or named among those that aren't",
    breaks: (sql) => {
      const [, table = ""] = /^create table (?:if not exists )?(\w+)/.exec(sql) ?? [];
      return table !== "" && /[(,] ?link_id\b/.test(sql) && ![...SHARDED, ...LOCAL_BY_LINK].includes(table);
    },
  },
];

/** Tables with a link in them that are on the coordinator: small, or found by something else. */
const LOCAL_BY_LINK = ["delivery", "deletion", "note", "share"];

/** The rules that the statements of a migration break. */
export function brokenByMigration(text: string): string[] {
  return splitStatements(text).flatMap((statement) => {
    const sql = plainSql(statement);
    return [
      ...MIGRATION_RULES.filter(({ breaks }) => breaks(sql, statement)).map(({ says }) => says),
      ...(PLAIN.test(sql) ? brokenRules(statement) : []),
    ];
  });
}
