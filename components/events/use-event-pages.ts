import { useRef, useState } from "react";
import { type EventPage, fetchEvents, PAGE_SIZE } from "./event-page";

/** The clicks that have been loaded so far, and the way to more. `problem` says why the last attempt failed. */
export function useEventPages(first: EventPage, query: string) {
  const [loaded, setLoaded] = useState(first);
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Scrolling asks more often than React draws.
  const busy = useRef(false);

  async function loadMore(): Promise<void> {
    if (busy.current || loaded.older === null) return;
    busy.current = true;
    setLoading(true);
    setProblem(null);
    const page = await fetchEvents(query, PAGE_SIZE, loaded.older);
    if ("problem" in page) setProblem(page.problem);
    else setLoaded({ rows: [...loaded.rows, ...page.rows], older: page.older });
    setLoading(false);
    busy.current = false;
  }

  return { ...loaded, loading, problem, loadMore };
}
