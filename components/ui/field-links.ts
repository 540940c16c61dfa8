import type { Point } from "./neighbour";

// What the parts of a field of links ask its elements. Links of drawings are links, too.

/** The link that an event is about. */
export const linkAt = (target: EventTarget | null) => (target instanceof Element ? target.closest("a") : null);

/** All links of a field, in the order in which they are drawn. */
export const linksIn = (field: Element) => [...field.querySelectorAll("a")];

/** Where an element's middle is in the window. */
export function center(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** A hundred links are one stop of the Tab key: the one that had the focus last, at first the first. */
export function keepOneStop(field: Element, wanted: Element | null = null): void {
  const links = linksIn(field);
  const stop = wanted ?? links.find((link) => link.getAttribute("tabindex") === "0") ?? links[0];
  for (const link of links) link.setAttribute("tabindex", link === stop ? "0" : "-1");
}
