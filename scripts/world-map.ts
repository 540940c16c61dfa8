import { readFileSync, writeFileSync } from "node:fs";
import { geoCentroid, geoDistance, geoEqualEarth, geoPath } from "d3-geo";
import { merge } from "topojson-client";
import type { MultiPolygon, Polygon, Topology } from "topojson-specification";
import { isEntry } from "./run";

// Draws the world map, which is committed: `npm run world-map`. Needs the development packages.

/** Width in units. Points lie on whole units, so this is also the resolution. */
const WIDTH = 2_000;
/** Smaller islands of a country are left out. Square units. */
const SMALLEST_ISLAND = 12;
/** Smaller countries become a circle that a pointer can hit. Square units. */
const SMALLEST_COUNTRY = 60;
/** Central meridian: the edge cuts only the easternmost part of Russia. */
const MERIDIAN = 11;

/** Areas without a code in the data, by name, and the code that IP databases use. */
const CODELESS: Record<string, string> = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };

/** Parts of a country that have their own code, with their location. */
const PARTS: Record<string, Record<string, [longitude: number, latitude: number]>> = {
  FR: { GF: [-53, 4], GP: [-61.5, 16.2], MQ: [-61, 14.6], RE: [55.5, -21.1], YT: [45.1, -12.8] },
  NL: { BQ: [-68.3, 12.2] },
  NO: { SJ: [19, 78.7] },
};
/** Maximum distance of a piece from that location. Radians. */
const PART_REACH = 0.1;

/** Left out: it has no clicks and would take a quarter of the height. */
const ANTARCTICA = "AQ";

type Shape = (Polygon | MultiPolygon) & { id?: string; properties: { name: string } };
type Piece = ReturnType<typeof merge>["coordinates"][number];
type Point = [x: number, y: number];
/** Bounding box of a country's largest piece; zero size for circles. */
type Box = [x: number, y: number, width: number, height: number];

/** Intl resolves numeric ISO codes to letters where they exist. */
function codeOf({ id, properties }: Shape): string | undefined {
  const code = id === undefined ? CODELESS[properties.name] : new Intl.Locale(`und-${id}`).region;
  return code && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** Land by code, without borders inside a code. */
function countries(): Map<string, Piece[]> {
  const world: Topology<{ countries: { type: "GeometryCollection"; geometries: Shape[] } }> = JSON.parse(
    readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"),
  );
  const shapes = world.objects.countries.geometries;
  const found = new Map<string, Piece[]>();
  for (const code of new Set(shapes.map(codeOf))) {
    if (code === undefined || code === ANTARCTICA) continue;
    const own = shapes.filter((shape) => codeOf(shape) === code);
    for (const piece of merge(world, own).coordinates) {
      const center = geoCentroid({ type: "Polygon", coordinates: piece });
      const parts = Object.entries(PARTS[code] ?? {});
      const part = parts.find(([, place]) => geoDistance(center, place) < PART_REACH)?.[0] ?? code;
      found.set(part, [...(found.get(part) ?? []), piece]);
    }
  }
  return found;
}

const shapeOf = (coordinates: Piece[]) => ({ type: "MultiPolygon" as const, coordinates });

/** Shoelace formula. */
function area(ring: Point[]): number {
  const terms = ring.map(([x, y], index) => {
    const [px = x, py = y] = ring.at(index - 1) ?? [];
    return px * y - x * py;
  });
  return Math.abs(terms.reduce((sum, term) => sum + term, 0)) / 2;
}

/** Whether a point lies on the line between two others. */
const isBetween = ([ax, ay]: Point, [x, y]: Point, [bx, by]: Point) => (x - ax) * (by - y) === (bx - x) * (y - ay);

/** Outlines on whole units, without repeated points and points on a straight line; largest first. */
function ringsOf(shape: ReturnType<typeof shapeOf>, path: ReturnType<typeof geoPath>): Point[][] {
  const rings: Point[][] = [];
  const add = (x: number, y: number) => {
    const point: Point = [Math.round(x), Math.round(y)];
    const ring = rings.at(-1) ?? [];
    const [before, last] = ring.slice(-2);
    if (before && last && isBetween(before, last, point)) ring.pop();
    const end = ring.at(-1);
    if (end?.[0] !== point[0] || end[1] !== point[1]) ring.push(point);
  };
  const nothing = () => {};
  const moveTo = (x: number, y: number) => {
    rings.push([]);
    add(x, y);
  };
  path.context({ arc: nothing, beginPath: nothing, closePath: nothing, moveTo, lineTo: add })(shape);
  path.context(null);
  return rings.sort((a, b) => area(b) - area(a)).filter((ring, index) => index === 0 || area(ring) >= SMALLEST_ISLAND);
}

function boxOf(ring: Point[]): Box {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

/** SVG path data with relative coordinates. A minus needs no space before it. */
function pathData(rings: Point[][]): string {
  const outline = ([[x, y] = [0, 0], ...more]: Point[]) => {
    const steps = more.map(([nx, ny], index) => {
      const [px, py] = more[index - 1] ?? [x, y];
      return `${nx - px} ${ny - py}`;
    });
    return `M${x} ${y}l${steps.join(" ")}z`;
  };
  return rings.map(outline).join("").replaceAll(" -", "-");
}

function draw(): void {
  const shapes = new Map([...countries()].map(([code, pieces]) => [code, shapeOf(pieces)]));
  const everything = shapeOf([...shapes.values()].flatMap(({ coordinates }) => coordinates));
  const projection = geoEqualEarth().rotate([-MERIDIAN, 0]).fitWidth(WIDTH, everything);
  const path = geoPath(projection);
  const height = Math.ceil(path.bounds(everything)[1][1]);
  const outlines: string[] = [];
  const places: Record<string, Box> = {};
  for (const [code, shape] of [...shapes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rings = ringsOf(shape, path);
    const isSmall = area(rings[0] ?? []) < SMALLEST_COUNTRY;
    const [x, y] = path.centroid(shape);
    places[code] = isSmall ? [Math.round(x), Math.round(y), 0, 0] : boxOf(rings[0] ?? []);
    if (!isSmall) outlines.push(`<path id="${code}" d="${pathData(rings)}"/>`);
  }
  writeFileSync(
    "components/charts/world.svg",
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">
<title>The world</title>
<!-- Made by scripts/world-map.ts from Natural Earth (public domain) by way of world-atlas (ISC). Equal Earth. -->
<g id="world" fill-rule="evenodd" stroke-linejoin="round">
${outlines.join("\n")}
</g>
</svg>
`,
  );
  const json = JSON.stringify({ width: WIDTH, height, places }, null, 2);
  writeFileSync(
    "components/charts/world.json",
    `${json.replace(/(?<=[[,])\s+(?=\d)|(?<=\d)\s+(?=\])/g, " ").replace(/\[ | \]/g, (bracket) => bracket.trim())}\n`,
  );
}

if (isEntry(import.meta.url)) draw();
