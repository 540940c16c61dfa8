import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readBytes, UnreadBody, unverifiedBodies } from "@/lib/deliveries/receive";

const LIMIT = 1_048_576;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  expect(unverifiedBodies()).toEqual({ bodies: 0, bytes: 0 });
});

/** A body that is being sent. */
function sending(headers: Record<string, string> = {}) {
  const stream = new PassThrough({ highWaterMark: 2 * LIMIT });
  const request = Object.assign(stream, { headers }) as unknown as IncomingMessage;
  return { stream, reading: readBytes(request, LIMIT) };
}

/** What became of it, once the stream has told. */
const settled = async (reading: Promise<Buffer>) => (await Promise.allSettled([reading]))[0];
const told = () => new Promise((resolve) => setImmediate(resolve));

test("the bytes come as they were sent, in whatever pieces", async () => {
  const { stream, reading } = sending();
  const body = Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 256));
  for (const byte of body) stream.write(Buffer.of(byte));
  stream.end();
  expect(await reading).toEqual(body);
});

test("exactly the limit is read, one byte more is not", async () => {
  const [whole, more] = [sending(), sending()];
  whole.stream.end(Buffer.alloc(LIMIT));
  more.stream.end(Buffer.alloc(LIMIT + 1));
  expect((await whole.reading).byteLength).toBe(LIMIT);
  await expect(more.reading).rejects.toMatchObject({ code: "payload_too_large" });
  await expect(sending({ "content-length": String(LIMIT + 1) }).reading).rejects.toMatchObject({
    code: "payload_too_large",
  });
});

test("a body that stands still for ten seconds is given up", async () => {
  const { stream, reading } = sending();
  const outcome = settled(reading);
  stream.write("{");
  await told();
  vi.advanceTimersByTime(9_999);
  expect(unverifiedBodies().bodies).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await outcome).toMatchObject({ reason: { code: "request_timeout" } });
});

test("one that keeps coming has twenty", async () => {
  const { stream, reading } = sending();
  const outcome = settled(reading);
  for (let second = 0; second < 19; second += 1) {
    stream.write("x");
    await told();
    vi.advanceTimersByTime(1_000);
  }
  expect(unverifiedBodies().bodies).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(await outcome).toMatchObject({ reason: { code: "request_timeout" } });
});

test("a sender that breaks off is told so, and what it sent is let go", async () => {
  const [one, other] = [sending(), sending()];
  one.stream.write("{");
  one.stream.destroy();
  other.stream.destroy(new Error("aborted"));
  await expect(one.reading).rejects.toMatchObject({ code: "bad_request" });
  await expect(other.reading).rejects.toMatchObject({ code: "bad_request" });
});

test("all together take no more than there is room for: what has been on its way for longest gives way", async () => {
  const senders = Array.from({ length: 200 }, () => sending());
  const outcomes = senders.map(({ reading }) => settled(reading));
  for (const { stream } of senders) stream.write(Buffer.alloc(LIMIT));
  await told();
  expect(unverifiedBodies()).toEqual({ bodies: 128, bytes: 128 * LIMIT });
  const late = sending();
  late.stream.end("{}");
  expect((await late.reading).toString()).toBe("{}");
  for (const { stream } of senders) stream.end();
  const results = await Promise.all(outcomes);
  const refused = results.flatMap((result, index) => (result.status === "rejected" ? [{ index, ...result }] : []));
  expect(refused.map(({ index }) => index)).toEqual(Array.from({ length: refused.length }, (_, index) => index));
  expect(refused.length).toBeLessThanOrEqual(73);
  for (const { reason } of refused) {
    expect(reason).toBeInstanceOf(UnreadBody);
    expect(reason).toMatchObject({ code: "unavailable", headers: { "Retry-After": "5" } });
  }
});

test("nor are there more of them than there are places", async () => {
  const senders = Array.from({ length: 4_001 }, () => sending());
  const outcomes = senders.map(({ reading }) => settled(reading));
  expect(unverifiedBodies().bodies).toBe(4_000);
  expect(await outcomes[0]).toMatchObject({ reason: { code: "unavailable" } });
  for (const { stream } of senders) stream.destroy();
  await Promise.all(outcomes);
});
