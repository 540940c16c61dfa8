import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import type { Scope } from "@/lib/question/question";

/** Requests of one asker, each with all its questions, that are answered at once; and those that may wait for their turn. */
const LIMITS = { atOnce: 4, waiting: 50, waitMs: 20_000 };

type Waiting = { turn: Promise<void>; begin: () => void };
/** By scope, of which each request has its own: how many of its questions are being answered, and who comes next. */
type Line = { running: Map<Scope, number>; waiting: Map<Scope, Waiting> };

/**
 * Shares the engine between askers: a person, a key or a reader of a share link with many expensive questions waits for
 * itself, not the others for it. A request that waits too long is refused, but not once it has been answered something: an
 * export can't end in its middle.
 */
export function createFairQueue(limits = LIMITS) {
  const lines = new Map<string, Line>();
  const begun = new WeakSet<Scope>();

  const tooMany = () => new AppError("rate_limit_exceeded", words.filters.tooManyAtOnce, { "Retry-After": "5" });

  function waitingTurn(line: Line, scope: Scope): Waiting {
    let begin = () => {};
    const turn = new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        line.waiting.delete(scope);
        reject(tooMany());
      };
      const timer = begun.has(scope) ? undefined : setTimeout(giveUp, limits.waitMs);
      begin = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return { turn, begin };
  }

  async function enter(line: Line, scope: Scope): Promise<void> {
    if (!line.running.has(scope) && line.running.size >= limits.atOnce) {
      const known = line.waiting.get(scope);
      if (!known && !begun.has(scope) && line.waiting.size >= limits.waiting) throw tooMany();
      const waiting = known ?? waitingTurn(line, scope);
      line.waiting.set(scope, waiting);
      await waiting.turn;
    }
    begun.add(scope);
    line.running.set(scope, (line.running.get(scope) ?? 0) + 1);
  }

  function leave(line: Line, scope: Scope): void {
    const questions = (line.running.get(scope) ?? 1) - 1;
    if (questions > 0) return void line.running.set(scope, questions);
    line.running.delete(scope);
    const [next] = line.waiting;
    if (!next) return;
    const [other, { begin }] = next;
    line.waiting.delete(other);
    // Its place is taken before its questions go on.
    line.running.set(other, 0);
    begin();
  }

  /** Does the work of a question when it is its asker's turn. @throws AppError rate_limit_exceeded, or what the work throws */
  return async function queued<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    const { asker } = scope;
    if (asker === undefined) return work();
    const line = lines.get(asker) ?? { running: new Map(), waiting: new Map() };
    lines.set(asker, line);
    try {
      await enter(line, scope);
      try {
        return await work();
      } finally {
        leave(line, scope);
      }
    } finally {
      if (line.running.size + line.waiting.size === 0) lines.delete(asker);
    }
  };
}
