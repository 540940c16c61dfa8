import { type CardKey, dimensionsOf } from "@/lib/dimensions";
import type { View } from "./view";

/** A dimension as a tab of its card. */
export type Tab = ReturnType<typeof dimensionsOf>[number];

/** The tabs of a card, in order; on a link's own page without what is the same for all its clicks. */
export function tabsOf(view: View, card: CardKey): Tab[] {
  return dimensionsOf(card).filter(({ key, of }) => !(view.linkId && (key === "linkId" || of === "link")));
}

/** The tab that the address names, or the first. */
export function chosenTab(view: View, card: CardKey): Tab | undefined {
  const tabs = tabsOf(view, card);
  return tabs.find(({ groupBy }) => groupBy === view.params.get(card)) ?? tabs[0];
}
