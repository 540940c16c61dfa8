import { afterEach, beforeEach, expect } from "vitest";

const complaints: unknown[][] = [];
const original = console.error;

beforeEach(() => {
  complaints.length = 0;
  console.error = (...args) => complaints.push(args);
});

afterEach(() => {
  console.error = original;
  expect(complaints, "nothing is written to console.error").toEqual([]);
});
