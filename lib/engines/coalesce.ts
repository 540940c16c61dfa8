/** Coalesces concurrent calls. A call during a run waits for the next run: the current one's result may be stale. */
export function coalesce<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    next = null;
    const current = work();
    running = current;
    return current;
  }

  return () => {
    // Calls in the same tick share a run.
    next ??= running.then(start, start);
    return next;
  };
}
