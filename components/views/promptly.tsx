import { setTimeout as delay } from "node:timers/promises";
import { headers } from "next/headers";
import { type ReactElement, type ReactNode, Suspense } from "react";

/** How long the first byte waits: too short to be noticed. */
const PATIENCE_MS = 20;

/**
 * What is asked for first. In an opened page it is part of the first paint if it is quick, else it follows. After a
 * change the old content stays until the new one is ready: a new boundary would replace it.
 */
export async function Promptly({
  fallback,
  children,
}: {
  fallback: ReactNode;
  children: Promise<ReactElement | string>;
}) {
  const isOpened = (await headers()).get("accept")?.includes("text/html");
  if (!isOpened || (await Promise.race([children, delay(PATIENCE_MS, null)]))) return children;
  return <Suspense fallback={fallback}>{children}</Suspense>;
}
