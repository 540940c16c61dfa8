import "server-only";

const KEY = Symbol.for("footfall");
const holder = globalThis as { [KEY]?: Map<string, unknown> };

/**
 * Singletons of the process: connections, the intake, the mirror, counters. Next bundles pages and routes separately
 * from each other and from server.ts, so a module's variable would exist several times. The only property of ours on
 * globalThis.
 */
export function runtime(): Map<string, unknown> {
  holder[KEY] ??= new Map();
  return holder[KEY];
}

/**
 * Declares a singleton of the process, created at first use.
 *
 * @param name its unique name
 * @returns a getter, which gives the same object in every bundle
 */
export function single<T>(name: string, make: () => T): () => T {
  return () => {
    const parts = runtime();
    if (!parts.has(name)) parts.set(name, make());
    return parts.get(name) as T;
  };
}
