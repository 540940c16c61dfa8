import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** A TCP port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

export type Footfall = {
  /** Process id of npm, or of node when npm is left out. */
  pid: number;
  /** Everything printed so far. */
  output(): string;
  /** Resolves with the first line, printed already or later, that contains a text; rejects when the process ends first. */
  line(text: string): Promise<string>;
  /** Resolves with the exit code. */
  exit: Promise<number | null>;
};

/**
 * Runs the start script the way users do, in the real tree. Settings of the surrounding shell are left out.
 *
 * @param viaNpm `npm start` instead of the script itself
 */
export function startFootfall(settings: Record<string, string>, { viaNpm = false } = {}): Footfall {
  const [command, args]: [string, string[]] = viaNpm
    ? ["npm", ["start"]]
    : [process.execPath, ["--conditions=react-server", "--import", "tsx", "scripts/start.ts"]];
  const { PATH, HOME, TMPDIR } = process.env;
  // An empty variable counts as unset, and one that is set wins over a developer's .env.
  const unset = { DATABASE_URL: "", DUB_WEBHOOK_SECRET: "", ADMIN_EMAIL: "", ADMIN_PASSWORD: "", PUBLIC_URL: "" };
  const env = { NODE_ENV: "production" as const, PATH, HOME, ...(TMPDIR && { TMPDIR }), ...unset, ...settings };
  const child = spawn(command, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      wake();
    });
  }
  let ended = false;
  const exit = once(child, "close").then(([code]) => {
    ended = true;
    wake();
    return code as number | null;
  });
  return {
    pid: child.pid ?? -1,
    output: () => lines.join("\n"),
    line: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => line.includes(text));
          if (found === undefined && !ended) return;
          waiting.delete(look);
          if (found === undefined) reject(new Error(`ended without “${text}”:\n${lines.join("\n")}`));
          else resolve(found);
        };
        waiting.add(look);
        look();
      }),
    exit,
  };
}
