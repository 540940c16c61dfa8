"use client";

import { useEffect, useRef, useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { inFull } from "@/components/ui/numbers";
import { isPlainClick } from "@/components/ui/plain-click";
import { type Got, loadExport } from "./load-export";

/** Shorter downloads say nothing. */
const QUIET_MS = 2_000;

const EXPORT = 'a[download][href^="/api/export/"]';

/** Downloads an export as a click on a link to it does. */
export function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function progressWords({ bytes, rows, of }: Got): string {
  if (rows !== null && of !== null) return `${inFull(rows)} of ${inFull(of)} rows, ${size(bytes)}`;
  return bytes < 1_000 ? "Being prepared" : size(bytes);
}

/** The name of an export's file, such as `events.csv`. */
const fileIn = (href: string): string => /^\/api\/export\/([^/?]+)/.exec(href)?.[1] ?? "export";

const NOTHING: Got = { bytes: 0, rows: null, of: null };

/** One download: its progress once it takes a while, and what went wrong. */
function Running({ href, onEnd }: { href: string; onEnd: () => void }) {
  const [got, setGot] = useState(NOTHING);
  const [problem, setProblem] = useState<string | null>(null);
  const [isShown, setShown] = useState(false);
  const [isLeft, setLeft] = useState(false);
  const [tries, setTries] = useState(0);
  const end = useRef(onEnd);
  end.current = onEnd;
  const isRunning = problem === null && !isLeft;
  useEffect(() => {
    if (!isRunning) return;
    // Leaving the page would end it.
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isRunning]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every try begins anew
  useEffect(() => {
    const stopping = new AbortController();
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    loadExport(href, stopping.signal, setGot)
      .then((loaded) => {
        if (loaded === "saved") return end.current();
        setLeft(true);
        setShown(true);
      })
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        setShown(true);
        setProblem(error instanceof Error ? error.message : String(error));
      });
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [href, tries]);

  function retry() {
    setProblem(null);
    setGot(NOTHING);
    setTries(tries + 1);
  }

  if (!isShown) return null;
  const name = fileIn(href);
  return (
    <li className="card grid gap-2 p-4 shadow-xl">
      <p role="status" className="font-medium">
        {problem !== null ? `${name} failed` : isLeft ? `${name} is large` : `Exporting ${name}`}
      </p>
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      {isLeft && <p className="text-muted">Your browser downloads it. You can go on here.</p>}
      {isRunning && (
        <>
          <progress
            aria-label={name}
            className="progress"
            {...(got.rows !== null && got.of ? { value: got.rows, max: got.of } : {})}
          />
          <p className="text-muted tabular-nums">{progressWords(got)}</p>
        </>
      )}
      <div className="flex gap-2">
        {problem !== null && <QuietButton onClick={retry}>Try again</QuietButton>}
        <QuietButton onClick={onEnd}>{isRunning ? "Cancel" : "Close"}</QuietButton>
      </div>
    </li>
  );
}

/**
 * Takes over the links to exports of all pages, so that a long one can be watched and stopped. Without script, browsers
 * download them.
 */
export function Downloads() {
  const [running, setRunning] = useState<{ id: number; href: string }[]>([]);
  useEffect(() => {
    let started = 0;
    const take = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest(EXPORT) : null;
      const href = link?.getAttribute("href");
      if (!href || event.defaultPrevented || !isPlainClick(event)) return;
      event.preventDefault();
      started += 1;
      const id = started;
      setRunning((others) => [...others, { id, href }]);
    };
    document.addEventListener("click", take);
    return () => document.removeEventListener("click", take);
  }, []);
  const end = (id: number) => setRunning((all) => all.filter((one) => one.id !== id));
  if (running.length === 0) return null;
  return (
    <section
      aria-label="Exports"
      className="fixed inset-x-4 bottom-20 z-30 sm:right-4 sm:bottom-4 sm:left-auto sm:w-80 print:hidden"
    >
      <ul className="grid max-h-[60dvh] gap-2 overflow-y-auto">
        {running.map(({ id, href }) => (
          <Running key={id} href={href} onEnd={() => end(id)} />
        ))}
      </ul>
    </section>
  );
}
