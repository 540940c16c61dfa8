import type { LiveRow } from "@/lib/api/live/row";

/** A tab's query string, and where to resume. */
export type Watch = { query: string; after: string | null };

/** Messages to a tab. */
export type LiveEvent =
  | { type: "open"; isOpen: boolean }
  | { type: "place"; place: string }
  | { type: "clicks"; place: string; rows: LiveRow[]; omitted: number };

type Tab = { watch: Watch; tell: (event: LiveEvent) => void };

/** Tabs open and close several at once, such as when a window is restored. */
const SETTLE_MS = 50;
const RETRY_MS = 2_000;
/** The server's limit. */
const MOST_TABS = 24;

function addressOf(tabs: readonly Tab[]): string {
  const params = tabs.map(({ watch: { query, after } }) => {
    const params = new URLSearchParams(query);
    if (after !== null) params.set("after", after);
    return ["watch", params.toString()];
  });
  return `/api/live?${new URLSearchParams(params)}`;
}

/** One stream of new clicks for any number of tabs: a browser has six connections to a server. */
export function createHub() {
  const tabs = new Map<string, Tab>();
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    source?.close();
    source = null;
    const watched = [...tabs.values()].slice(-MOST_TABS);
    if (watched.length === 0) return;
    const stream = new EventSource(addressOf(watched));
    source = stream;
    const tellAll = (isOpen: boolean) => {
      for (const { tell } of watched) tell({ type: "open", isOpen });
    };
    stream.onopen = () => tellAll(true);
    stream.onerror = () => {
      // It would reconnect with one position for all; each tab has its own.
      stream.close();
      tellAll(false);
      if (source === stream) later(RETRY_MS);
    };
    for (const type of ["place", "clicks"] as const) {
      stream.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const { view, ...event } = JSON.parse(data);
        const tab = watched[view];
        if (!tab) return;
        tab.watch.after = event.place;
        tab.tell({ type, ...event });
      });
    }
  }

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(open, ms);
  }

  return {
    watch(id: string, watch: Watch, tell: Tab["tell"]): void {
      tabs.delete(id);
      tabs.set(id, { watch, tell });
      later(SETTLE_MS);
    },
    leave(id: string): void {
      if (tabs.delete(id)) later(SETTLE_MS);
    },
  };
}
