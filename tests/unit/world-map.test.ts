import { expect, test } from "vitest";
import { frameAround } from "@/components/charts/world";

const WORLD = { x: 0, y: 0, width: 2_000, height: 900 };

test("a country is shown in the middle of its surroundings, never nearer than the outlines bear", () => {
  expect(frameAround({ x: 980, y: 200, width: 40, height: 40 }, WORLD)).toEqual({
    x: 750,
    y: 33,
    width: 500,
    height: 375,
  });
  expect(frameAround({ x: 700, y: 300, width: 0, height: 0 }, WORLD).width).toBe(500);
});

test("a frame stays on the map, and a country as wide as that is shown whole", () => {
  expect(frameAround({ x: 0, y: 880, width: 20, height: 20 }, WORLD)).toEqual({
    x: 0,
    y: 525,
    width: 500,
    height: 375,
  });
  const russia = { x: 1_100, y: 20, width: 900, height: 250 };
  expect(frameAround(russia, WORLD)).toEqual({ x: 800, y: 0, width: 1_200, height: 900 });
});
