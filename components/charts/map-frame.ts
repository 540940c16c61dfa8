/** A part of a drawing. */
export type Frame = { x: number; y: number; width: number; height: number };

/** How much is shown around a country: enough to know where in the world it is. */
const AROUND = 2.2;
/** The outlines are not fine enough to come nearer than to a quarter of the world. */
const NEAREST = 4;
const RATIO = 4 / 3;

/** The frame in which a place has its surroundings, as far as there are any within the whole. */
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
