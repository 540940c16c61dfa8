import "server-only";

const KEY = Symbol.for("footfall");
const holder = globalThis as { [KEY]?: Map<string, unknown> };

/**
 * What this process has one of: connections, the intake, the mirror, what is counted. Next bundles pages and routes apart
 * from each other and from server.ts, each with modules of its own, so a module's variable would exist several times. This
 * is the only name of ours on globalThis.
 */
export function runtime(): Map<string, unknown> {
  holder[KEY] ??= new Map();
  return holder[KEY];
}

/**
 * Declares something that the process has one of, made when it is first asked for.
 *
 * @param name its place in the runtime; nobody else may use it
 * @returns gives it, the same one to every bundle
 */
export function single<T>(name: string, make: () => T): () => T {
  return () => {
    const parts = runtime();
    if (!parts.has(name)) parts.set(name, make());
    return parts.get(name) as T;
  };
}
