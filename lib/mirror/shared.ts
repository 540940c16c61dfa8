/**
 * Lets those who ask at the same time share one piece of work. Whoever asks while it is under way waits for the next: it
 * began before they asked, so what it found may be too old for them.
 */
export function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    next = null;
    const current = work().finally(() => {
      if (running === current) running = null;
    });
    running = current;
    return current;
  }

  return () => {
    // Those of the same tick come together.
    next ??= (running ?? Promise.resolve()).then(start, start);
    return next;
  };
}
