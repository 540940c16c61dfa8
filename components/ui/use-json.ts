"use client";

import { useEffect, useState } from "react";
import { text } from "@/components/ui/text";

type State<T> = { of: string | null; data: T | null; error: string | null };

/** An address of our own API answers with what its route says; there is nothing to check it against in the browser. */
const answerOf = async <T>(response: Response) => (await response.json()) as T & { error?: { message?: string } };

/** Asks our own API. @throws Error in the words of the answer, or saying that there was none */
export async function askJson<T>(address: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(address, init).catch((error: unknown) => {
    throw init.signal?.aborted ? error : new Error(text.serverAway);
  });
  if (response.status === 204) return null as T;
  const answer = await answerOf<T>(response).catch(() => null);
  if (response.ok && answer) return answer;
  throw new Error(answer?.error?.message ?? text.serverAway);
}

/**
 * The answer at an address of our own API, or nothing while `address` is null. Another address is asked after `delayMs`
 * without a further change; until its answer is there, the old one stays.
 */
export function useJson<T>(address: string | null, delayMs = 0) {
  const [state, setState] = useState<State<T>>({ of: null, data: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const key = address === null ? null : `${attempt} ${address}`;
  useEffect(() => {
    if (address === null) return;
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const data = await askJson<T>(address, { signal: gone.signal });
        setState({ of: key, data, error: null });
      } catch (error) {
        if (!gone.signal.aborted)
          setState({ of: key, data: null, error: error instanceof Error ? error.message : text.serverAway });
      }
    }, delayMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [address, key, delayMs]);
  return {
    data: state.data,
    error: state.of === key ? state.error : null,
    loading: key !== null && state.of !== key,
    again: () => setAttempt((count) => count + 1),
  };
}
