import type { Random } from "../demo/random";

/** Drawing from a table is one step, however many entries there are; a share is met to one in this many. */
const TICKETS = 65_536;

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Six bits each: 32 bits hold five. */
const LETTERS_PER_NUMBER = 5;

/** Weights of entries by popularity: the n-th has `1 / n ** exponent`. */
export function zipf(entries: number, exponent: number): number[] {
  return Array.from({ length: entries }, (_, index) => 1 / (index + 1) ** exponent);
}

/** A draw of entries, each as likely as its weight says. @returns a function that gives the index of one */
export function lottery(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tickets = new Uint16Array(TICKETS);
  let sold = 0;
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    for (const end = Math.round((sum / total) * TICKETS); sold < end; sold++) tickets[sold] = index;
  }
  return (random) => tickets[Math.floor(random.next() * TICKETS)] ?? 0;
}

/** Letters, digits, `-` and `_`. */
export function token(random: Random, length: number): string {
  let text = "";
  while (text.length < length) text += letters(Math.floor(random.next() * 2 ** 32));
  return text.slice(0, length);
}

/** The same 22 letters whenever it is the same number: a visitor's name, without remembering it. */
export function nameOf(number: number): string {
  let text = "";
  for (let part = 1; text.length < 22; part++) text += letters(mix(number, part));
  return text.slice(0, 22);
}

/** 32 bits that look like chance. */
function mix(number: number, part: number): number {
  let mixed = Math.imul(number ^ Math.imul(part, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function letters(bits: number): string {
  let text = "";
  for (let at = 0; at < LETTERS_PER_NUMBER; at++) text += BASE64URL[(bits >>> (at * 6)) & 63];
  return text;
}
