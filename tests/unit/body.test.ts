import { expect, test } from "vitest";
import { readBody } from "@/lib/base/http/body";

const LIMIT = 1_048_576;

const URL = "http://localhost/";

/** A body of unknown length; tells how many chunks were taken from it. */
function streamed(chunks: number, size: number) {
  let taken = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken === chunks) return controller.close();
        taken++;
        controller.enqueue(new Uint8Array(size));
      },
    },
    { highWaterMark: 0 },
  );
  const init: RequestInit & { duplex: "half" } = { method: "POST", body: stream, duplex: "half" };
  return { request: new Request(URL, init), taken: () => taken };
}

test("the bytes come as they were sent", async () => {
  const body = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x41]);
  expect(await readBody(new Request(URL, { method: "POST", body }), LIMIT)).toEqual(body);
});

test("a request without a body has no bytes", async () => {
  expect(await readBody(new Request(URL, { method: "POST" }), LIMIT)).toEqual(Buffer.alloc(0));
});

test("exactly the limit is read, one byte more is not", async () => {
  expect((await readBody(new Request(URL, { method: "POST", body: Buffer.alloc(LIMIT) }), LIMIT)).length).toBe(LIMIT);
  await expect(
    readBody(new Request(URL, { method: "POST", body: Buffer.alloc(LIMIT + 1) }), LIMIT),
  ).rejects.toMatchObject({
    code: "payload_too_large",
    message: "The body is too large: send at most 1,048,576 bytes.",
  });
});

test("a length that is announced as too large is refused unread", async () => {
  const { request, taken } = streamed(4, 1_000);
  request.headers.set("content-length", String(LIMIT + 1));
  await expect(readBody(request, LIMIT)).rejects.toMatchObject({ code: "payload_too_large" });
  expect(taken()).toBe(0);
});

test("a body without a length is not read beyond the limit", async () => {
  const { request, taken } = streamed(1_000, 65_536);
  await expect(readBody(request, LIMIT)).rejects.toMatchObject({ code: "payload_too_large" });
  expect(taken()).toBe(17);
});

test("a sender that breaks off is told so", async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new Error("aborted"));
    },
  });
  const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
  await expect(readBody(new Request(URL, init), LIMIT)).rejects.toMatchObject({ code: "bad_request" });
});
