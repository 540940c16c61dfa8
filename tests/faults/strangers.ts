import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import type { Chance } from "./chance";

/** A request that nobody needs a session for, as bytes, and when who sent it leaves: at once, with the first answer, or not. */
type Nuisance = { bytes: string; leaves: "at once" | "answered" | "never" };

/** Those that never leave are cut off by the server, or when the stranger has had enough. */
const PATIENCE_MS = 60_000;

const script = readdirSync(".next/static/chunks").find((name) => name.endsWith(".js"));
const ASSETS = [`/_next/static/chunks/${script}`, "/flags/DE.svg", "/icons/chrome.svg", "/icon.svg", "/favicon.ico"];
const PAGES = ["/login", "/setup", "/", "/links/x", "/nosuch", "/_next/static/nosuch.js"];
const ROUTES = [
  ...["/api/metrics", "/api/live", "/api/v1/events", "/api/auth/get-session", "/api/nosuch"],
  ...["/links/%", "/api/values/%E0", "/robots.txt", "/_next/image?url=%2Ficon.svg&w=640&q=75"],
];
const WEBHOOK = "/api/webhooks/dub";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
const SIGNATURE = "a".repeat(64);

const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;

function head(method: string, path: string, ...headers: string[]): string {
  return [`${method} ${path} HTTP/1.1`, "Host: localhost", ...headers, "", ""].join("\r\n");
}

/** Most of the paths are cheap, as what a stranger would send most of. */
function anyPath(chance: Chance): string {
  return pick(chance, pick(chance, [ASSETS, ASSETS, ROUTES, [WEBHOOK], PAGES]));
}

/** What strangers do, by name. */
export const NUISANCES: Record<string, (chance: Chance) => Nuisance> = {
  "leaves while it is answered": (chance) => ({
    bytes: head(pick(chance, METHODS), anyPath(chance), "Accept-Encoding: br"),
    leaves: "answered",
  }),
  "leaves at once": (chance) => ({ bytes: head("GET", anyPath(chance)), leaves: "at once" }),
  "asks twenty times at once": (chance) => ({
    bytes: head("GET", pick(chance, [...ASSETS, ...ASSETS, ...ASSETS, ...ROUTES])).repeat(20),
    leaves: "answered",
  }),
  "wants another protocol": (chance) => ({
    bytes: head("GET", anyPath(chance), "Connection: Upgrade", `Upgrade: ${pick(chance, ["websocket", "h2c", "x"])}`),
    leaves: pick(chance, ["answered", "at once"]),
  }),
  "wants a part": (chance) => ({
    bytes: head(
      "GET",
      pick(chance, ASSETS),
      `Range: bytes=${pick(chance, ["10-5", "-5", "0-1,3-4", "9999999-", "x"])}`,
    ),
    leaves: "answered",
  }),
  "stops in the head": (chance) => ({ bytes: `GET ${anyPath(chance)} HTTP/1.1\r\nHost:`, leaves: "never" }),
  "says nothing": () => ({ bytes: "", leaves: "never" }),
  "stops in a body that may be authentic": (chance) => ({
    bytes: `${head("POST", WEBHOOK, `Dub-Signature: ${SIGNATURE}`, "Content-Length: 1048576")}${" ".repeat(chance() * 200_000)}`,
    leaves: "never",
  }),
  "stops in a body that is not": () => ({
    bytes: `${head("POST", WEBHOOK, "Content-Length: 1048576")}${" ".repeat(1_000)}`,
    leaves: "never",
  }),
  "sends too much": (chance) => ({
    bytes: `${head("POST", pick(chance, [WEBHOOK, "/api/sign-in", "/login"]), "Content-Length: 99999999")}${" ".repeat(100_000)}`,
    leaves: "answered",
  }),
  "sends a head that is too large": () => ({ bytes: head("GET", "/", `X: ${"x".repeat(40_000)}`), leaves: "answered" }),
  "sends what is no form": (chance) => ({
    bytes: `${head("POST", pick(chance, ["/login", "/", "/api/sign-in"]), "Content-Type: multipart/form-data; boundary=x", "Content-Length: 9", "Next-Action: x")}--x\r\nbroke`,
    leaves: "answered",
  }),
  "asks a proxy": (chance) => ({
    bytes: head(pick(chance, ["GET", "POST"]), `http://localhost${anyPath(chance)}`),
    leaves: "answered",
  }),
  "is no browser": () => ({ bytes: "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", leaves: "answered" }),
};

/** Sends it over a connection of its own. @returns ends when the connection has ended */
export function trouble(port: number, { bytes, leaves }: Nuisance, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ port, host: "127.0.0.1" });
    const leave = () => void socket.destroy();
    stopping.addEventListener("abort", leave);
    const timer = setTimeout(leave, PATIENCE_MS);
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(timer);
      stopping.removeEventListener("abort", leave);
      resolve();
    });
    // Who waits for an answer that never comes would wait for ever.
    if (leaves === "answered") socket.once("data", leave);
    else socket.resume();
    socket.once("connect", () => socket.write(bytes, "latin1", leaves === "at once" ? leave : undefined));
  });
}
