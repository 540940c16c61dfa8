"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { TextButton } from "./button";
import { ACCENT } from "./link";
import { SERVER_AWAY } from "./server-away";

const SIGNED_OUT = "You were signed out. Sign in again in another tab, then repeat this.";

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Requests our own API, whose types are those of its routes. A body is sent as JSON.
 *
 * @returns null for a response without content
 * @throws Error with the response's message, or saying that there was no response
 */
export async function askJson<T>(address: string, method = "GET", body?: object, signal?: AbortSignal): Promise<T> {
  const content = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, { method, ...content, ...(signal && { signal }) }).catch((error: unknown) => {
    throw signal?.aborted ? error : new Error(SERVER_AWAY);
  });
  if (response.status === 204) return null as T;
  const answer = (await response.json().catch(() => null)) as (T & { error?: { message?: string } }) | null;
  if (response.ok && answer) return answer;
  if (response.status === 401) throw new Error(SIGNED_OUT);
  throw new Error(answer?.error?.message ?? SERVER_AWAY);
}

type State<T> = { of: string | null; data: T | null; error: string | null };

/**
 * The response at a URL of our own API; none while `address` is null. A new URL is asked for after `delayMs` without a
 * further change; until its response arrives, the old data stays.
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
        const data = await askJson<T>(address, "GET", undefined, gone.signal);
        setState({ of: key, data, error: null });
      } catch (error) {
        if (!gone.signal.aborted) setState({ of: key, data: null, error: wordsOf(error) });
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

/** Sends a change to our API and refreshes the page. `problem` is the error message. */
export function useChange() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** @returns the answer, or undefined when it failed */
  async function change<T>(method: string, address: string, body?: object): Promise<T | undefined> {
    setPending(true);
    setProblem(null);
    try {
      const answer = await askJson<T>(address, method, body);
      router.refresh();
      return answer;
    } catch (error) {
      setProblem(wordsOf(error));
      return undefined;
    } finally {
      setPending(false);
    }
  }
  return { change, pending, problem };
}

type AskingProps = { loading: boolean; error: string | null; empty: string | null; onAgain: () => void };

/** State of a list below it: loading, failed, or empty, if `empty` says so. */
export function Asking({ loading, error, empty, onAgain }: AskingProps) {
  if (error === SIGNED_OUT) {
    return (
      <p role="alert" className="grid justify-items-center gap-2 px-4 py-6 text-center">
        You were signed out.
        {/* A whole page, as the sign-in isn't a part of this one. */}
        <a
          href={`/login?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`}
          target="_self"
          className={ACCENT}
        >
          Sign in and come back here
        </a>
      </p>
    );
  }
  if (error !== null) {
    return (
      <div role="alert" className="grid justify-items-center gap-2 px-4 py-6 text-center text-danger">
        {error}
        <TextButton onClick={onAgain}>Try again</TextButton>
      </div>
    );
  }
  return (
    <p role="status" className="px-4 py-6 text-center text-muted empty:p-0">
      {loading ? "Loading…" : empty}
    </p>
  );
}
