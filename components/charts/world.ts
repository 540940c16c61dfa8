import world from "./world.json";

export type Frame = { x: number; y: number; width: number; height: number };

/** How much is shown around a country: enough to recognise the part of the world. */
const AROUND = 2.2;
/** The outlines are too coarse for less than a quarter of the world. */
const NEAREST = 4;
const RATIO = 4 / 3;

/** The frame around a place, within the whole. */
export function frameAround(place: Frame, whole: Frame): Frame {
  const wanted = Math.max(place.width * AROUND, place.height * AROUND * RATIO, whole.width / NEAREST);
  const width = Math.round(Math.min(wanted, whole.width, whole.height * RATIO));
  const height = Math.round(width / RATIO);
  const within = (middle: number, length: number, end: number) =>
    Math.round(Math.min(Math.max(middle - length / 2, 0), end - length));
  return {
    x: within(place.x + place.width / 2, width, whole.width),
    y: within(place.y + place.height / 2, height, whole.height),
    width,
    height,
  };
}

const PLACES: Readonly<Record<string, readonly number[]>> = world.places;
const WHOLE: Frame = { x: 0, y: 0, width: world.width, height: world.height };

/** Position and size of a country's largest part; one without a size is a circle. */
function placeOf(code: string): Frame {
  const [x = 0, y = 0, width = 0, height = 0] = PLACES[code] ?? [];
  return { x, y, width, height };
}

/** Where a country is that is too small for a shape, and a circle instead. */
export function pointOf(code: string): { at?: [x: number, y: number] } {
  const { x, y, width } = placeOf(code);
  return width === 0 ? { at: [x, y] } : {};
}

/** Whether the map has a place for a country. */
export const isOnMap = (code: string | null): code is string => code !== null && Object.hasOwn(PLACES, code);

/** What is shown of the world: all, or the part around a country. */
export const frameOf = (country: string | null): Frame =>
  isOnMap(country) ? frameAround(placeOf(country), WHOLE) : WHOLE;
