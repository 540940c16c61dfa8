import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitStatements } from "../../scripts/statements";

test.each([
  ["nothing", "", []],
  ["only comments", " -- a;\n/* b; /* c; */ d; */ ;;\n", []],
  ["one without a semicolon", "select 1", ["select 1"]],
  ["comments between statements", "-- a; b\nselect 1; /* c; */ select 2 -- d;\n", ["select 1", "select 2 -- d;"]],
  ["single quotes", "select 'a;''b;'; select 2", ["select 'a;''b;'", "select 2"]],
  ["a backslash in plain quotes", "select '\\'; select 2", ["select '\\'", "select 2"]],
  ["escape strings", "select E'a\\';b'; select e'\\\\'; select 3", ["select E'a\\';b'", "select e'\\\\'", "select 3"]],
  ["escape strings that go on", "select E'a'\n'b\\';c'; select 2", ["select E'a'\n'b\\';c'", "select 2"]],
  ["a word that ends with e", "select date'\\'; select 2", ["select date'\\'", "select 2"]],
  ["double quotes", 'select "a;""b\'"; select 2', ['select "a;""b\'"', "select 2"]],
  ["dollar quotes", "do $$ a; $x$ b; $$; select 2", ["do $$ a; $x$ b; $$", "select 2"]],
  ["tags", "do $a$ $b$ ; $$ ; ' $a$; select 2", ["do $a$ $b$ ; $$ ; ' $a$", "select 2"]],
  [
    "letters of other alphabets",
    "do $ä$;$ä$; select ü$a$ , 2; select 3",
    ["do $ä$;$ä$", "select ü$a$ , 2", "select 3"],
  ],
  ["dollars in names and parameters", "select a$b$c; select $1; select 3", ["select a$b$c", "select $1", "select 3"]],
  [
    "brackets",
    "create rule r as on insert to a do (select 1; select ')'); select 2",
    ["create rule r as on insert to a do (select 1; select ')')", "select 2"],
  ],
  ["comments inside", "select 1 /* ; */ + 2 -- ;'\n; select 2", ["select 1 /* ; */ + 2 -- ;'", "select 2"]],
  ["quotes in comments", "-- it's\nselect 1; /* \" $$ */ select 2", ["select 1", "select 2"]],
])("SQL is split into statements: %s", (_, sql, statements) => {
  expect(splitStatements(sql)).toEqual(statements);
});

test.each([
  ["a quote", "select 'a; select 2"],
  ["a double quote", 'select "a; select 2'],
  ["a dollar quote", "select 1; do $a$ begin; $b$"],
  ["a comment", "select 1; /* a /* b */ select 2"],
  ["a bracket", "select (1; select 2"],
  ["a bracket too many", "select 1); select 2"],
])("%s that has no counterpart is refused", (_, sql) => {
  expect(() => splitStatements(sql)).toThrow(SyntaxError);
});

test("a body that only a parser can split is refused, wherever it stands", () => {
  const body = "create function f() returns int language sql Begin /* ; */ ATOMIC select 1; select 2; end; select 3";
  expect(() => splitStatements(body)).toThrow("begin atomic");
  expect(splitStatements("select 'begin atomic', begin, atomic")).toHaveLength(1);
});

/** Pieces of a statement, with semicolons where none ends it. */
const text = fc.string({
  unit: fc.constantFrom(";", "'", '"', "$", "\\", "a", "e", "(", ")", "-", "/", "*", "\n", "ß"),
});
const without = (mark: RegExp) => text.map((content) => content.replaceAll(mark, ""));
const piece = fc.oneof(
  fc.constantFrom("select", "e", "E", "a$b", "$1", "1", ",", "::", "date", "ß$", "- -", "* /"),
  text.map((content) => `'${content.replaceAll("'", "''")}'`),
  text.map((content) => `E'${content.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`),
  text.map((content) => `"${content.replaceAll('"', '""')}"`),
  without(/\$/g).map((content) => `$$${content}$$`),
  text.map((content) => `$tag$${content}$tag$`),
  without(/[/*]/g).map((content) => `/* ${content} /* ${content} */ ${content} */ x`),
  without(/\n/g).map((content) => `--${content}\nx`),
  without(/['"$()\\/*-]/g).map((content) => `(${content})`),
);
const statement = fc.array(piece, { minLength: 1 }).map((pieces) => `a ${pieces.join(" ")} z`);
const gap = fc.constantFrom(";", " ;\n", ";;", ";-- ; '\n", "; /* ; /* ' */ $$ */ ");

test("statements of any pieces come back as they were", () => {
  const texts = fc.array(fc.tuple(statement, gap));
  fc.assert(
    fc.property(texts, (given) => {
      expect(splitStatements(given.flat().join(""))).toEqual(given.map(([sql]) => sql));
    }),
  );
});

test("no text at all makes it hang, lose a character that counts, or throw anything else", () => {
  fc.assert(
    fc.property(text, (sql) => {
      try {
        for (const part of splitStatements(sql)) expect(sql).toContain(part);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
  );
});

test("every migration can be split", () => {
  for (const name of readdirSync("prisma/migrations").filter((name) => /^\d/.test(name)))
    expect(splitStatements(readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8")).length).toBeGreaterThan(0);
});
