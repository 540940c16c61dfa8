import { Failure } from "@/scripts/steps";

/** A response and the milliseconds to its last byte. */
export type Answered = { ms: number; body: unknown };

/** When parts of a page arrived, in milliseconds after the request, and the bytes of its HTML before compression. */
type PageTimes = { firstByte: number; firstCard: number; end: number; bytes: number };

export type Client = Awaited<ReturnType<typeof signIn>>;

/** Start of a card's or the totals' numbers. Placeholders do not contain it. */
const NUMBERS = "<div data-numbers";

/** Signs in over HTTP as a browser does. @throws Failure when that or a later request is rejected */
export async function signIn(url: string, credentials: { email: string; password: string }, signal: AbortSignal) {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(credentials),
    signal,
  });
  if (!response.ok) throw new Failure(`The server refuses the sign-in: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.replace(/;.*/s, ""))
    .join("; ");

  async function ask(path: string, accept: string): Promise<Response> {
    const answer = await fetch(url + path, { headers: { cookie, accept }, redirect: "manual", signal });
    if (answer.ok) return answer;
    throw new Failure(`The server answered ${answer.status} to ${path}: ${(await answer.text()).slice(0, 300)}`);
  }

  return {
    async get(path: string): Promise<Answered> {
      const begun = performance.now();
      const text = await (await ask(path, "application/json")).text();
      return { ms: performance.now() - begun, body: JSON.parse(text) };
    },

    /** Reads a page as it streams. */
    async page(path: string): Promise<PageTimes> {
      const begun = performance.now();
      const { body } = await ask(path, "text/html");
      let firstByte = 0;
      let firstCard = 0;
      let bytes = 0;
      let html = "";
      const decoder = new TextDecoder();
      for await (const chunk of body ?? []) {
        firstByte ||= performance.now() - begun;
        bytes += chunk.byteLength;
        if (firstCard > 0) continue;
        html += decoder.decode(chunk, { stream: true });
        if (html.includes(NUMBERS)) firstCard = performance.now() - begun;
      }
      const end = performance.now() - begun;
      return { firstByte, firstCard: firstCard || end, end, bytes };
    },

    /** Reads a download and ignores it. @returns its bytes */
    async bytes(path: string): Promise<number> {
      let bytes = 0;
      for await (const chunk of (await ask(path, "*/*")).body ?? []) bytes += chunk.byteLength;
      return bytes;
    },

    /** Reads a page and ignores it, which costs this process little. */
    async readPage(path: string): Promise<void> {
      await (await ask(path, "text/html")).arrayBuffer();
    },
  };
}
