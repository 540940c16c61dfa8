import { PLAIN_LETTERS, PLAIN_PAIRS } from "@/lib/base/fold";
import { CLICK_FIELDS } from "@/lib/click/fields";

/** A column of the mirror: the type in which it arrives, and the expression copied from Postgres. */
type MirrorColumn = { name: string; type: string; source: string };

export const quoted = (name: string) => `"${name}"`;

/** The columns that questions use, in the order of the file. */
export const COLUMNS: readonly MirrorColumn[] = [
  { name: "seq", type: "bigint", source: "seq" },
  ...CLICK_FIELDS.flatMap(({ column, mirror }) =>
    mirror ? [{ name: column, type: mirror.type, source: mirror.source ?? quoted(column) }] : [],
  ),
];

/** COPY escapes field and line ends with a backslash. Text is split at escaped backslashes first. */
const UNESCAPE = `case when contains(x, '\\') then array_to_string(list_transform(string_split(x, '\\\\'), lambda part:
  ${Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12, v: 11 }).reduce(
    (text, [letter, code]) => `replace(${text}, '\\${letter}', chr(${code}))`,
    "part",
  )}), '\\') else x end`;

/** Letters below 0x2000, which include all that `fold` changes. */
const LETTERS = Array.from({ length: 0x2000 }, (_, code) => String.fromCharCode(code));
const MARKS = /[\u0300-\u036F]/g;
const withoutMarks = (letter: string): string => letter.normalize("NFD").replace(MARKS, "").normalize("NFC");

/** Letters with European marks, and their base letters; marks alone are removed. */
const MARKED = LETTERS.filter((letter) => withoutMarks(letter) !== letter.normalize("NFC"));
const FROM = [...MARKED.filter((letter) => withoutMarks(letter) !== ""), ...LETTERS.filter((one) => one.match(MARKS))];
const TO = FROM.map(withoutMarks);

const PLAIN_ONES = PLAIN_LETTERS.from + Object.keys(PLAIN_PAIRS).join("");
/** Matches letters that `plain` changes. */
const NOT_PLAIN = LETTERS.filter((letter) => PLAIN_ONES.includes(withoutMarks(letter.toLowerCase()) || "-")).join("");

const PLAIN = Object.entries(PLAIN_PAIRS).reduce(
  (text, [letter, pair]) => `replace(${text}, '${letter}', '${pair}')`,
  `translate(x, '${PLAIN_LETTERS.from}', '${PLAIN_LETTERS.to}')`,
);

/** Scripts in which `strip_accents` does what `fold` does; in others it would remove vowels too. */
const EUROPEAN = [
  ...["[\\x{0}-\\x{482}\\x{48A}-\\x{590}\\x{1E00}-\\x{20CF}\\x{2100}-\\x{2CEE}"],
  ...["\\x{3000}-\\x{3029}\\x{4E00}-\\x{9FFF}\\x{1F000}-\\x{1FAFF}]*"],
].join("");

/** The slowest comes last: `translate` with many letters takes thirty times as long as `strip_accents`. */
const FOLD = `case when strlen(x) = length(x) then lower(x)
  when regexp_full_match(x, '${EUROPEAN}') then
    case when regexp_matches(x, '[${NOT_PLAIN}]') then plain(strip_accents(lower(x))) else strip_accents(lower(x)) end
  when regexp_matches(x, '[\\x{C0}-\\x{52F}\\x{1E00}-\\x{1FFF}\\x{2126}-\\x{212B}]')
  then plain(nfc_normalize(translate(lower(x), '${FROM.join("")}', '${TO.join("")}')))
  else nfc_normalize(lower(x)) end`;

/** Reads text as COPY writes it. */
export const UNESCAPE_MACRO = `create or replace macro unescape(x) as ${UNESCAPE}`;

/** Functions of statements. `fold` equals Postgres' function of that name. */
export const MACROS: readonly string[] = [
  `create or replace macro plain(x) as ${PLAIN}`,
  `create or replace macro fold(x) as ${FOLD}`,
  UNESCAPE_MACRO,
];

/**
 * Clicks of `(after, to]` in order, for a file that `READ_SQL` reads, without those before `pruned`, which Postgres is
 * deleting. Without parameters, which COPY doesn't support.
 */
export const copySql = (after: bigint, to: bigint, pruned: Date | null): string =>
  `copy (select ${COLUMNS.map(({ source }) => source).join(", ")} from click
    where seq > ${after} and seq <= ${to}${pruned ? ` and clicked_at >= '${pruned.toISOString()}'` : ""}
    order by seq) to stdout`;

const VALUES = COLUMNS.map(({ name, type }) =>
  type === "varchar" ? `unescape(${quoted(name)}) as ${quoted(name)}` : quoted(name),
);
const TYPES = COLUMNS.map(({ name, type }) => `'${name}': '${type}'`).join(", ");

/** Longer than any line: a delivery's body has at most one megabyte, and backslashes count twice. */
const MAX_LINE = 4 * 1024 * 1024;

/** A file of COPY's rows as a table; `types`: of its columns. DuckDB's default buffer of sixteen lines may exceed its memory limit. */
export const readRows = (
  file: string,
  types: string,
): string => `read_csv(${file}, columns = {${types}}, header = false,
    auto_detect = false, delim = '\t', new_line = '\\n', quote = '', escape = '', comment = '', nullstr = '\\N',
    max_line_size = ${MAX_LINE}, buffer_size = ${2 * MAX_LINE})`;

/** Reads such a file of clicks into a table. */
export const READ_SQL = `
  create or replace temp table batch as select ${VALUES.join(", ")} from ${readRows("$1", TYPES)}`;
