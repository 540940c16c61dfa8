/** Things that one may use at a time, shared by many. */
export type Lanes<T> = {
  /** Does the work with the next free one, in the order of asking. @throws when closed meanwhile */
  use<R>(work: (thing: T) => Promise<R>): Promise<R>;
  /** Refuses those who wait, and returns when nothing is used any more. */
  close(): Promise<void>;
};

type Waiting<T> = { resolve: (thing: T) => void; reject: (error: Error) => void };

export function createLanes<T>(things: readonly T[]): Lanes<T> {
  const idle = [...things];
  const waiting: Waiting<T>[] = [];
  let closed: (() => void) | null = null;

  function take(): Promise<T> {
    if (closed) return Promise.reject(new Error("closed"));
    const thing = idle.pop();
    if (thing !== undefined) return Promise.resolve(thing);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  function giveBack(thing: T): void {
    const next = waiting.shift();
    if (next) next.resolve(thing);
    else idle.push(thing);
    if (idle.length === things.length) closed?.();
  }

  return {
    async use(work) {
      const thing = await take();
      try {
        return await work(thing);
      } finally {
        giveBack(thing);
      }
    },
    async close() {
      const allIdle = new Promise<void>((resolve) => {
        closed = resolve;
      });
      for (const { reject } of waiting.splice(0)) reject(new Error("closed"));
      if (idle.length < things.length) await allIdle;
    },
  };
}
