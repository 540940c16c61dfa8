import { expect, test } from "vitest";
import { neighbour } from "@/components/ui/link-field";

const GRID = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => ({ x: column * 15, y: row * 30 })));
const from = (place: number, key: string) => neighbour(GRID, GRID[place] ?? { x: 0, y: 0 }, key);

test("arrow keys go to the next cell of a grid, and nowhere at its edge", () => {
  expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => from(5, key))).toEqual([4, 6, 1, 9]);
  expect([from(0, "ArrowLeft"), from(0, "ArrowUp"), from(11, "ArrowRight"), from(11, "ArrowDown")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(from(5, "Enter")).toBeNull();
});

test("on a map they go to what lies most in their direction, not to what is nearest anywhere", () => {
  const [here, east, northEast] = [
    { x: 0, y: 0 },
    { x: 40, y: 2 },
    { x: 12, y: -20 },
  ];
  expect(neighbour([here, northEast, east], here, "ArrowRight")).toBe(2);
  expect(neighbour([here, northEast, east], here, "ArrowUp")).toBe(1);
});
