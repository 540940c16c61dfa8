/**
 * Stops waiting after a time-out. The work itself continues.
 *
 * @throws Error with `words` after `limitMs`; whatever the work threw before
 */
export async function withTimeout<T>(work: Promise<T>, limitMs: number, words: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(words)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
