const WORD = "[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*";
const TAG = "[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*";
/** The inside of E'…', where a backslash takes the next character with it. */
const ESCAPED = "'(?:[^'\\\\]|\\\\[^]|'')*'";

/** A piece of SQL that no `;` inside ends. Words are taken whole: `$` and `e` may be a part of them. */
const PIECE = new RegExp(
  [
    "(?<space>\\s+|--[^\\n\\r]*)",
    `[eE]${ESCAPED}(?:\\s*[\\n\\r]\\s*${ESCAPED})*`,
    "'[^']*'",
    '"[^"]*"',
    `\\$(?<tag>${TAG}|)\\$[^]*?\\$\\k<tag>\\$`,
    `(?<word>${WORD})`,
    "[^]",
  ].join("|"),
  "y",
);

/** What begins something that doesn't end: else it would have been taken whole. */
const OPEN = new RegExp(`['"]|\\$(?:${TAG}|)\\$`, "y");

const BLOCK_EDGE = /\/\*|\*\//g;

/** The end of a comment in slashes and asterisks, which may have others inside. */
function endOfComment(sql: string, from: number): number {
  let depth = 0;
  BLOCK_EDGE.lastIndex = from;
  for (let edge = BLOCK_EDGE.exec(sql); edge; edge = BLOCK_EDGE.exec(sql)) {
    depth += edge[0] === "/*" ? 1 : -1;
    if (depth === 0) return BLOCK_EDGE.lastIndex;
  }
  throw new SyntaxError(`a comment doesn't end: ${firstWords(sql.slice(from))}`);
}

/** The beginning of a statement, on one line. */
export const firstWords = (statement: string): string => statement.slice(0, 200).split(/\s+/).slice(0, 8).join(" ");

/**
 * The statements of a text of SQL for Postgres, in order, without their semicolons and the comments between them.
 * `standard_conforming_strings` is on, as it is by default.
 *
 * @throws SyntaxError when a quote, comment or bracket doesn't end, and for bodies of functions after `begin atomic`, which
 *   only a parser of all of SQL can tell apart: write these between dollar signs
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let begin: number | null = null;
  let depth = 0;
  let word = "";
  const finish = (end: number) => {
    if (depth > 0) throw new SyntaxError(`a bracket doesn't end: ${firstWords(sql.slice(begin ?? end))}`);
    if (begin !== null) statements.push(sql.slice(begin, end).trimEnd());
    begin = null;
  };
  for (let at = 0; at < sql.length; ) {
    if (sql.startsWith("/*", at)) {
      at = endOfComment(sql, at);
      continue;
    }
    PIECE.lastIndex = at;
    const { 0: piece = "", groups } = PIECE.exec(sql) ?? { 0: "" };
    if (piece === ";" && depth === 0) finish(at);
    else if (groups?.space === undefined) {
      begin ??= at;
      OPEN.lastIndex = at;
      if (piece.length === 1 && OPEN.test(sql))
        throw new SyntaxError(`a quote doesn't end: ${firstWords(sql.slice(at))}`);
      if (piece === "(") depth++;
      if (piece === ")") depth--;
      if (depth < 0) throw new SyntaxError(`a bracket closes that isn't open: ${firstWords(sql.slice(begin))}`);
      const previous = word;
      word = groups?.word?.toLowerCase() ?? "";
      if (previous === "begin" && word === "atomic")
        throw new SyntaxError(`“begin atomic” isn't supported: write the body between $$ and $$`);
    }
    at += piece.length;
  }
  finish(sql.length);
  return statements;
}
