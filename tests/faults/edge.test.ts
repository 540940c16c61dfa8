import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sign } from "@/lib/senders/dub/dub";
import { migrate } from "../../scripts/migrate";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/postgres/embedded";
import { bytes, clickPayload } from "../factory";
import { OWNER } from "../setup/e2e";
import { createAccount } from "./ask";
import { createServer, SECRET, type Server } from "./server";

const directory = mkdtempSync(join(tmpdir(), "footfall-edge-"));
let postgres: EmbeddedPostgres;
let server: Server;

beforeAll(async () => {
  postgres = await startPostgres(directory);
  await migrate(postgres.url);
  await createAccount(postgres.url, join(directory, "account"));
  const settings = { WEBHOOK_ALLOW: "loopback,203.0.113.7,2001:db8::/32" };
  server = await createServer(join(directory, "server"), postgres.url, settings);
  await server.start();
});
afterAll(async () => {
  if (server.pid() > 0) await server.end("SIGKILL");
  await postgres.stop();
  rmSync(directory, { recursive: true });
});

type Answer = { status: number; headers: Headers; body: Buffer };

/** The content of a body that came in chunks. */
function unchunked(body: Buffer): Buffer {
  const end = body.indexOf("\r\n");
  const size = Number.parseInt(body.subarray(0, end).toString(), 16);
  if (!size) return Buffer.alloc(0);
  return Buffer.concat([body.subarray(end + 2, end + 2 + size), unchunked(body.subarray(end + 4 + size))]);
}

/** Sends a request as these bytes, which no client would send so, and reads until the server ends the connection. */
async function raw(head: string[], body: Uint8Array = Buffer.alloc(0)): Promise<Answer> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  // What is refused unread may end with a reset.
  socket.on("error", () => {});
  const length = body.byteLength > 0 ? [`Content-Length: ${body.byteLength}`] : [];
  const closing = head.some((line) => line.startsWith("Connection:")) ? [] : ["Connection: close"];
  socket.write([...head, "Host: localhost", ...closing, ...length, "", ""].join("\r\n"));
  socket.write(body);
  await once(socket, "close");
  const whole = Buffer.concat(chunks);
  const end = whole.indexOf("\r\n\r\n");
  const [status = "", ...lines] = whole.subarray(0, end).toString("latin1").split("\r\n");
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(":", 1)[0] ?? "", line.replace(/^[^:]*:\s*/, "")]),
  );
  const content = whole.subarray(end + 4);
  const isChunked = headers.get("transfer-encoding") === "chunked";
  return { status: Number(status.split(" ")[1]), headers, body: isChunked ? unchunked(content) : content };
}

let sent = 0;

/** Delivers a click in one way or another. */
function deliver(target: string, headers: string[] = []): Promise<Answer> {
  const body = bytes(clickPayload({ id: `evt_edge_${sent}`, click: { id: `edge_${sent++}` } }));
  return raw([`POST ${target} HTTP/1.1`, `Dub-Signature: ${sign(body, SECRET)}`, ...headers], body);
}

const jsonOf = ({ body }: Answer) => JSON.parse(body.toString()) as unknown;
const errorOf = (code: string) => ({ error: { code, message: expect.stringMatching(/\.$/) } });

describe("the webhook's address", () => {
  test.each([
    "/api/webhooks/dub",
    "/api/webhooks/dub/",
    "/api/webhooks/dub//",
    "//api/webhooks/dub",
    "/api//webhooks///dub/?from=dub",
    "/api/webhooks/dub?",
    "/api/webhooks/%64ub",
    "/%61pi%2Fwebhooks%2Fdub",
    "/API/Webhooks/Dub",
    "/api/./webhooks/x/../dub",
    "/api/webhooks/dub%20",
    "http://clicks.example.com/api/webhooks/dub",
    "HTTPS://clicks.example.com:443//api/webhooks/dub/?a=b",
  ])("takes deliveries as %s", async (target) => {
    const answer = await deliver(target);
    expect([answer.status, jsonOf(answer)]).toEqual([202, { outcome: "counted" }]);
  });

  test.each(["/api/webhooks", "/api/webhooks/dubs", "/api/webhooks/dub/more", "/x/api/webhooks/dub"])(
    "and not as %s",
    async (target) => {
      expect((await deliver(target)).status).toBeGreaterThanOrEqual(404);
    },
  );

  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])(
    "says to use POST to %s",
    async (method) => {
      for (const target of ["/api/webhooks/dub", "/api/webhooks/dub/"]) {
        const answer = await raw([`${method} ${target} HTTP/1.1`]);
        expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
        if (method === "HEAD") continue;
        const message = `${method} isn’t allowed for this URL. Use POST.`;
        expect(jsonOf(answer)).toEqual({ error: { code: "method_not_allowed", message } });
      }
    },
  );

  test.each(["h2c", "websocket", "TLS/1.0"])("takes a delivery that would rather speak %s", async (protocol) => {
    const headers = ["Connection: Upgrade, close", `Upgrade: ${protocol}`];
    expect((await deliver("/api/webhooks/dub", headers)).status).toBe(202);
  });

  test.each([
    ["203.0.113.7:51234", 202],
    ["[2001:db8::5]:443", 202],
    ["::ffff:203.0.113.7", 202],
    ["203.0.113.7, 10.0.0.2", 202],
    ["203.0.113.7, 192.0.2.9", 403],
    ["192.0.2.9", 403],
    ["unknown", 403],
  ])("knows who delivers behind proxies: %s is answered %i", async (forwarded, status) => {
    expect((await deliver("/api/webhooks/dub", [`X-Forwarded-For: ${forwarded}`])).status).toBe(status);
  });

  test("answers what cannot be authentic before the body has come", async () => {
    const head = (signature: string) => [
      ...["POST /api/webhooks/dub HTTP/1.1", "Content-Length: 900000"],
      ...[`Dub-Signature: ${signature}`, "Expect: 100-continue"],
    ];
    for (const signature of ["", "x", "A".repeat(64), "a".repeat(63)])
      expect((await raw(head(signature))).body.toString()).toContain("unauthorized");
    const tooLarge = ["POST /api/webhooks/dub HTTP/1.1", "Content-Length: 1048577", `Dub-Signature: ${"a".repeat(64)}`];
    expect((await raw(tooLarge)).status).toBe(413);
  });
});

describe("what is asked for wrongly", () => {
  test.each([
    ["/links/%", 400],
    ["/links/%E0%A4%A", 400],
    ["/api/export/%", 400],
    ["/api/values/%E0", 400],
    ["/api/views/%00", 400],
    ["/_next/static/%", 400],
    ["/login/%C3%28", 400],
    ["ftp://localhost/", 400],
    ["/api", 404],
    ["/api/nosuch", 404],
    ["/api/webhooks/nosuch", 404],
    ["/api/v1/events/more", 404],
  ])("%s is answered %i in the API's form", async (target, status) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      const answer = await raw([`${method} ${target} HTTP/1.1`]);
      expect(answer.status, method).toBe(status);
      expect(jsonOf(answer)).toEqual(errorOf(status === 400 ? "bad_request" : "not_found"));
    }
  });

  test.each([
    ["PUT", "/api/v1/events", "GET, HEAD"],
    ["GET", "/api/secrets", "POST"],
    ["POST", "/api/views/x", "PATCH, DELETE"],
    ["DELETE", "/api/health", "GET, HEAD"],
    ["GET", "/api/sign-in", "POST"],
    ["POST", "/login", "GET, HEAD, OPTIONS"],
    ["PUT", "/", "GET, HEAD, OPTIONS"],
    ["TRACE", "/login", "GET, HEAD, OPTIONS"],
  ])("%s %s says which methods there are: %s", async (method, target, allow) => {
    const answer = await raw([`${method} ${target} HTTP/1.1`]);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
    expect(jsonOf(answer)).toEqual(errorOf("method_not_allowed"));
  });

  test("OPTIONS says which methods there are, of a route, a page and the server", async () => {
    const allowed = async (target: string) => {
      const { status, headers } = await raw([`OPTIONS ${target} HTTP/1.1`]);
      return [status, headers.get("allow")];
    };
    expect(await allowed("/api/views")).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
    expect(await allowed("/login")).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect((await allowed("*"))[0]).toBe(204);
  });

  test("a tunnel is refused, and a form that is none", async () => {
    const tunnel = await raw(["CONNECT example.com:443 HTTP/1.1"]);
    expect([tunnel.status, jsonOf(tunnel)]).toEqual([405, errorOf("method_not_allowed")]);
    const headers = ["Content-Type: multipart/form-data; boundary=x", "Accept: application/json"];
    const form = await raw(["POST /api/sign-in HTTP/1.1", ...headers], Buffer.from("--x\r\nbroken"));
    expect([form.status, jsonOf(form)]).toEqual([400, { ...errorOf("bad_request"), errors: {} }]);
  });

  test("a name that is no parameter restricts, even one that JavaScript would lose", async () => {
    const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: server.url },
      body: JSON.stringify(OWNER),
    });
    const [cookie = ""] = signedIn.headers.getSetCookie().map((text) => text.replace(/;.*/s, ""));
    for (const query of ["__proto__=1", "interval=7d&__proto__=1", "%5F_proto_%5f=1", "__proto__=1?&country=DE"])
      expect((await raw([`GET /api/v1/analytics?${query} HTTP/1.1`, `Cookie: ${cookie}`])).status, query).toBe(422);
  });
});

describe("files", () => {
  const chunk = readdirSync(".next/static/chunks").find((name) => name.endsWith(".js")) ?? "";
  const content = readFileSync(join(".next/static/chunks", chunk));
  const ask = (...headers: string[]) => raw([`GET /_next/static/chunks/${chunk} HTTP/1.1`, ...headers]);

  test("are small for who reads Brotli, and kept for ever", async () => {
    const [plain, small] = [await ask(), await ask("Accept-Encoding: gzip, br")];
    expect(plain.body).toEqual(content);
    expect(small.headers.get("content-encoding")).toBe("br");
    expect(brotliDecompressSync(small.body)).toEqual(content);
    expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(plain.headers.get("content-type")).toContain("javascript");
    expect((await ask("Accept-Encoding: br;q=0")).body).toEqual(content);
    const known = await ask(`If-None-Match: W/"x", ${plain.headers.get("etag")}`);
    expect([known.status, known.body.byteLength]).toEqual([304, 0]);
  });

  test.each(["bytes=10-5", "bytes=-5", "bytes=0-4,6-9", "bytes=99999999-", "bytes=", "letters=1-2", "bytes=0-0"])(
    "are answered whole to %s",
    async (range) => {
      const { status, body } = await ask(`Range: ${range}`);
      expect([status, body.equals(content)]).toEqual([200, true]);
    },
  );

  test("are there for browsers and robots that look for them", async () => {
    const [icon, robots, flag] = await Promise.all(
      ["/favicon.ico", "/robots.txt", "/flags/DE.svg"].map((path) => raw([`GET ${path} HTTP/1.1`])),
    );
    expect([icon?.status, icon?.headers.get("content-type")]).toEqual([200, "image/x-icon"]);
    expect(robots?.body.toString()).toMatch(/^User-Agent: \*\nDisallow: \/\n/);
    expect(flag?.headers.get("cache-control")).toBe("public, max-age=604800");
  });
});

test("nothing of all this is a failure of ours in the log", () => {
  expect(server.log()).not.toMatch(/request failed|"level":[56]0|TypeError|Failed to/);
});
