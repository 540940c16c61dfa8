import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ICONS } from "@/lib/base/icons";

const COLLECTION = "node_modules/@iconify-json/logos/icons.json";

/** Black would not be seen on a dark page: what is only black is of a colour that is seen on both. */
const COLOR = "#808a85";
const FILL = /\s*fill="([^"]+)"/g;
const BLACK = /^#0\p{Hex}0\p{Hex}0\p{Hex}$/u;

const seen = (body: string): string =>
  [...body.matchAll(FILL)].every(([, color = ""]) => BLACK.test(color)) ? body.replace(FILL, "") : body;

type Collection = {
  width?: number;
  height?: number;
  icons: Record<string, { body: string; width?: number; height?: number }>;
};

/** Writes the pictures that the pages name as files, and nothing else of the collection. */
export function writeIcons(directory: string): void {
  const { icons, width: usual = 16, height: high = usual } = JSON.parse(readFileSync(COLLECTION, "utf8")) as Collection;
  mkdirSync(directory, { recursive: true });
  for (const name of new Set(Object.values(ICONS))) {
    const icon = icons[name];
    if (!icon) throw new Error(`there is no picture “${name}” in ${COLLECTION}`);
    const { body, width = usual, height = high } = icon;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" fill="${COLOR}">${seen(body)}</svg>`;
    writeFileSync(join(directory, `${name}.svg`), svg);
  }
}
