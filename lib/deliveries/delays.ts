import { single } from "@/lib/base/runtime";

/** How many of the newest are remembered. */
const KEPT = 1_000;

const state = single("delays", () => ({ newest: [] as number[], next: 0 }));

/** Notes how long a click was on its way to this server, in milliseconds. */
export function noteDelay(ms: number): void {
  const { newest, next } = state();
  newest[next] = ms;
  state().next = (next + 1) % KEPT;
}

/** In milliseconds, over the newest thousand clicks that this server took; null before the first. */
export function recentDelay(): { p50: number; p95: number } | null {
  const sorted = [...state().newest].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return sorted.length > 0 ? { p50: at(0.5), p95: at(0.95) } : null;
}
