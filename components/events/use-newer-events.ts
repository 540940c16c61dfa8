import { useEffect, useState } from "react";
import { fetchEvents } from "./event-page";

const EVERY_MS = 15_000;

/** Whether a click has come that is newer than all of the list; asked only while somebody looks. */
export function useNewerEvents(query: string, newest: string | undefined): boolean {
  const [isNewer, setIsNewer] = useState(false);
  useEffect(() => {
    if (isNewer) return;
    const timer = setInterval(async () => {
      if (document.visibilityState !== "visible") return;
      const page = await fetchEvents(query, 1, null);
      // Whatever is wrong now may be well the next time.
      const first = "problem" in page ? undefined : page.rows[0];
      if (first && first.seq !== newest) setIsNewer(true);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [query, newest, isNewer]);
  return isNewer;
}
