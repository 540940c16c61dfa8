export type Point = { x: number; y: number };

const DIRECTIONS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What lies to the side counts for more, so that a row is walked along before it is left. */
const SIDEWAYS = 3;

/** The place of the nearest of `points` in the direction of an arrow key; null when there is none or it is another key. */
export function neighbour(points: readonly Point[], from: Point, key: string): number | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  let [best, shortest]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const [place, point] of points.entries()) {
    const [x, y] = [point.x - from.x, point.y - from.y];
    const along = x * direction.x + y * direction.y;
    const aside = Math.abs(x * direction.y) + Math.abs(y * direction.x);
    const distance = along + SIDEWAYS * aside;
    if (along >= 1 && distance < shortest) [best, shortest] = [place, distance];
  }
  return best;
}
