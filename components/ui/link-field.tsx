"use client";

import { useRouter } from "next/navigation";
import {
  type ComponentProps,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";

type Point = { x: number; y: number };

const DIRECTIONS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Sideways distance weighs more, so that a row is followed before it is left. */
const SIDEWAYS = 3;

/** Index of the nearest of `points` in the direction of an arrow key; null without one, or for other keys. */
export function neighbour(points: readonly Point[], from: Point, key: string): number | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  let [best, shortest]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const [place, point] of points.entries()) {
    const [x, y] = [point.x - from.x, point.y - from.y];
    const along = x * direction.x + y * direction.y;
    const aside = Math.abs(x * direction.y) + Math.abs(y * direction.x);
    const distance = along + SIDEWAYS * aside;
    if (along >= 1 && distance < shortest) [best, shortest] = [place, distance];
  }
  return best;
}

// Queries for the links of a field, including those in drawings.

const linkAt = (target: EventTarget | null) => (target instanceof Element ? target.closest("a") : null);

const linksIn = (field: Element) => [...field.querySelectorAll("a")];

function center(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** A hundred links are one tab stop: the last focused one, initially the first. */
function keepOneStop(field: Element, wanted: Element | null = null): void {
  const links = linksIn(field);
  const stop = wanted ?? links.find((link) => link.getAttribute("tabindex") === "0") ?? links[0];
  for (const link of links) link.setAttribute("tabindex", link === stop ? "0" : "-1");
}

/** How far from a link's centre a finger may be. */
const FINGER = 24;

/** The link that a finger means: the one under it, or one whose centre is near. */
function linkNear(field: Element, target: EventTarget, point: Point): Element | null {
  const distance = (link: Element) => Math.hypot(center(link).x - point.x, center(link).y - point.y);
  const [nearest] = linksIn(field).sort((a, b) => distance(a) - distance(b));
  return linkAt(target) ?? (nearest && distance(nearest) <= FINGER ? nearest : null);
}

/** `link`: the one that was touched; touching it again follows it. */
type Hint = Point & { text: string; link: Element | null };

/** Half of the widest hint, which stays inside the field. */
const REACH = 128;

/** Name of the link under the pointer or with the focus. */
function LinkHint({ hint: { text, link, x, y } }: { hint: Hint }) {
  const [name, ...numbers] = text.split(": ");
  return (
    // The link itself has the same name.
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 w-max max-w-64 -translate-x-1/2 -translate-y-full rounded-lg border border-line bg-surface px-3 py-2 shadow-lg print:hidden"
      style={{ left: x, top: y - 10 }}
    >
      <p className="text-muted text-xs">{name}</p>
      <p className="mt-0.5 font-medium tabular-nums">{numbers.join(": ")}</p>
      {link && <p className="mt-0.5 text-accent text-xs">Tap again to filter</p>}
    </div>
  );
}

/** One of the links; without an address it is only looked at. */
export const Place = ({ href, ...props }: ComponentProps<"a">) =>
  href === undefined ? <a role="img" {...props} /> : <a href={href} {...props} />;

const isModified = ({ altKey, ctrlKey, metaKey }: KeyboardEvent | MouseEvent) => altKey || ctrlKey || metaKey;

/**
 * Many links side by side, such as a map's countries or a grid's cells. They work without this component; with it they
 * are one tab stop, arrow keys move to the neighbour, names are shown on hover, focus and the first touch, and following
 * one keeps the rest of the page.
 */
export function LinkField({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [hint, setHint] = useState<Hint | null>(null);
  const isTouch = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the links may be others
  useEffect(() => {
    if (ref.current) keepOneStop(ref.current);
  }, [children]);

  function show(link: Element | null, point: Point, touched: Element | null = null): void {
    const text = link?.getAttribute("aria-label") ?? link?.textContent;
    const { left, top, width } = ref.current?.getBoundingClientRect() ?? new DOMRect();
    const x = Math.min(Math.max(point.x - left, REACH), width - REACH);
    setHint(text ? { text, link: touched, x, y: point.y - top } : null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") setHint(null);
    const field = ref.current;
    const link = linkAt(event.target);
    if (!field || !link || isModified(event)) return;
    const links = linksIn(field);
    const next = links[neighbour(links.map(center), center(link), event.key) ?? -1];
    if (!next) return;
    event.preventDefault();
    keepOneStop(field, next);
    next.focus();
  }

  function onClick(event: MouseEvent): void {
    setHint(null);
    const point = { x: event.clientX, y: event.clientY };
    const touched =
      isTouch.current && event.detail > 0 && ref.current ? linkNear(ref.current, event.target, point) : null;
    if (touched && touched !== hint?.link) {
      event.preventDefault();
      // A place without an address is only looked at.
      show(touched, center(touched), touched.hasAttribute("href") ? touched : null);
      return;
    }
    const href = (touched ?? linkAt(event.target))?.getAttribute("href");
    // The browser's own: another tab or window, or a download.
    if (!href || event.button !== 0 || event.shiftKey || isModified(event)) return;
    event.preventDefault();
    startTransition(() => router.push(href, { scroll: false }));
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only helps with the links inside
    <div
      ref={ref}
      aria-busy={pending}
      onPointerDown={({ pointerType }) => {
        isTouch.current = pointerType === "touch";
      }}
      onPointerMove={({ pointerType, target, clientX, clientY }) => {
        if (pointerType !== "touch") show(linkAt(target), { x: clientX, y: clientY });
      }}
      onPointerLeave={({ pointerType }) => pointerType !== "touch" && setHint(null)}
      onFocus={({ target }) => {
        const link = linkAt(target);
        if (link?.matches(":focus-visible")) show(link, center(link));
      }}
      onBlur={() => !isTouch.current && setHint(null)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className="relative motion-safe:transition-opacity aria-busy:opacity-60"
    >
      {children}
      {hint && <LinkHint hint={hint} />}
    </div>
  );
}
