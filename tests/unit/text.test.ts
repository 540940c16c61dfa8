import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/** Properties of elements that a reader sees or hears. */
const SAID = new Set([
  ...["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"],
  ...["label", "caption", "heads", "hint", "intro", "empty", "of"],
]);

/** What stands in these is typed or pressed, not read. */
const VERBATIM = new Set(["code", "Code", "kbd", "Kbd"]);

const WORD = /\p{L}{2}/u;

const nameOf = (node: ts.Node): string => (ts.isJsxElement(node) ? node.openingElement.tagName.getText() : "");

/** The texts of one file that a translator would not find. */
function literals(path: string, source: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const visit = (node: ts.Node): void => {
    if (VERBATIM.has(nameOf(node))) return;
    if (ts.isJsxText(node) && WORD.test(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && SAID.has(node.name.getText())) strings(node);
    ts.forEachChild(node, visit);
  };
  const strings = (node: ts.Node): void => {
    // What is compared or looked up is no text, nor is what only joins values.
    if (ts.isCallExpression(node) || ts.isBinaryExpression(node)) return;
    if (ts.isStringLiteralLike(node) && WORD.test(node.text)) found.push(node.text);
    if (
      ts.isTemplateExpression(node) &&
      [node.head, ...node.templateSpans.map(({ literal }) => literal)].some(({ text }) => WORD.test(text))
    )
      found.push(node.getText());
    ts.forEachChild(node, strings);
  };
  visit(file);
  return found;
}

const components = ["app", "components"].flatMap((directory) =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => join(directory, name)),
);

test("what pages say stands in the catalogue", () => {
  expect(components.length).toBeGreaterThan(100);
  const found = components.flatMap((path) =>
    literals(path, readFileSync(path, "utf8")).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

test("texts are found wherever they stand", () => {
  const page = (inner: string) => `export const A = () => <p>${inner}</p>;`;
  expect(literals("a.tsx", page("Hello {name}"))).toEqual(["Hello"]);
  expect(literals("a.tsx", page('<a title={isOpen ? "Close it" : text.open} />'))).toEqual(["Close it"]);
  const template = `\`Open \${name}\``;
  expect(literals("a.tsx", page(`<a aria-label={${template}} />`))).toEqual([template]);
  expect(literals("a.tsx", page("{text.a} · <code>npm start</code>"))).toEqual([]);
});
