import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { serverArgs } from "../../scripts/run";

/** One run of `npm run move`, which can be killed. */
export type Mover = {
  /** Resolves with the exit code; null after a kill. */
  exit: Promise<number | null>;
  output: () => string;
  /** Resolves when the output has a text, or when the run ends. */
  said: (text: string) => Promise<void>;
  kill: () => void;
};

/** Runs the command beside a server, with the settings that the server has. */
export function startMove(args: readonly string[], settings: Record<string, string>): Mover {
  const { PATH, HOME } = process.env;
  const child: ChildProcess = spawn(process.execPath, [...serverArgs("scripts/move.ts"), ...args], {
    env: { NODE_ENV: "production", PATH, HOME, DATABASE_URL: "", SECRET_KEY: "", LOG_LEVEL: "silent", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  let ended = false;
  const look = () => {
    for (const wake of waiting) wake();
  };
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text) => {
      output += text;
      look();
    });
  const exit = once(child, "close").then(([code]) => {
    ended = true;
    look();
    return code as number | null;
  });
  return {
    exit,
    output: () => output,
    said: (text) =>
      new Promise((resolve) => {
        const wake = () => {
          if (!ended && !output.includes(text)) return;
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        wake();
      }),
    kill: () => child.kill("SIGKILL"),
  };
}
