import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { LiveRow } from "@/lib/api/live/row";
import { watchLive } from "./watch-live";

/** Maximum number of rows in the feed. */
const MOST_ROWS = 30;
/** The numbers of the page are asked for again at most this often. */
const REFRESH_MS = 2_000;

export type Connection = "off" | "connecting" | "open" | "paused";

export type Live = {
  connection: Connection;
  /** The newest first. */
  rows: readonly LiveRow[];
  /** Clicks since it was switched on. */
  arrived: number;
  /** Clicks that came while it was paused and are not shown yet. */
  held: number;
  switchOn: () => void;
  switchOff: () => void;
  pause: () => void;
  resume: () => void;
};

/** Refreshes the page's numbers soon, but not for every click. */
function useSoonRefresh(): () => void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      if (document.visibilityState === "visible") router.refresh();
    }, REFRESH_MS);
  }, [router]);
}

/** New clicks that match a page's query string, while live is on. Resumes after a lost connection. */
export function useLive(query: string): Live {
  const [isOn, setOn] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [rows, setRows] = useState<readonly LiveRow[]>([]);
  const [waiting, setWaiting] = useState<readonly LiveRow[]>([]);
  const [counts, setCounts] = useState({ arrived: 0, held: 0 });
  const refresh = useSoonRefresh();
  const paused = useRef(false);
  paused.current = isPaused;

  useEffect(() => {
    if (!isOn) return;
    const add = (rows: readonly LiveRow[]) => (known: readonly LiveRow[]) =>
      [...rows.toReversed(), ...known].slice(0, MOST_ROWS);
    const unwatch = watchLive(query, (event) => {
      if (event.type === "open") setOpen(event.isOpen);
      if (event.type !== "clicks") return;
      const count = event.rows.length + event.omitted;
      if (paused.current) {
        setWaiting(add(event.rows));
        setCounts(({ arrived, held }) => ({ arrived: arrived + count, held: held + count }));
        return;
      }
      setRows(add(event.rows));
      setCounts(({ arrived, held }) => ({ arrived: arrived + count, held }));
      refresh();
    });
    return () => {
      unwatch();
      setOpen(false);
    };
  }, [isOn, query, refresh]);

  return {
    connection: isOn ? (isPaused ? "paused" : isOpen ? "open" : "connecting") : "off",
    rows,
    ...counts,
    switchOn: () => setOn(true),
    switchOff() {
      setOn(false);
      setPaused(false);
      setRows([]);
      setWaiting([]);
      setCounts({ arrived: 0, held: 0 });
    },
    pause: () => setPaused(true),
    resume() {
      setPaused(false);
      setRows((known) => [...waiting, ...known].slice(0, MOST_ROWS));
      setWaiting([]);
      setCounts(({ arrived }) => ({ arrived, held: 0 }));
      refresh();
    },
  };
}
