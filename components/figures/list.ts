import { pageOf } from "@/components/ui/pager";
import { hasPart, type View } from "@/components/views/view";
import { freeText } from "@/lib/base/clean";
import { dimensionsOf } from "@/lib/click/dimensions";
import { CARDS, type CardKey } from "@/lib/click/fields";
import { hrefTo } from "@/lib/question/codec/query-string";
import { fromTheStart } from "@/lib/question/codec/write";
import type { Order } from "@/lib/question/question";

/** A dimension as a tab of its card. */
export type Tab = ReturnType<typeof dimensionsOf>[number];

/**
 * Tabs of a card in order; on a link's page without those that are the same for all its clicks. None of a card that a share
 * link doesn't show.
 */
export function tabsOf(view: View, card: CardKey): Tab[] {
  const { linkId, same } = view;
  if (!hasPart(view, card)) return [];
  return dimensionsOf(card).filter(
    ({ key, of }) => !(linkId && (key === "linkId" || of === "link")) && !same?.has(key),
  );
}

/** The tab in the URL, or the first. */
export function chosenTab(view: View, card: CardKey): Tab | undefined {
  const tabs = tabsOf(view, card);
  return tabs.find(({ groupBy }) => groupBy === view.params.get(card)) ?? tabs[0];
}

/** Orders of rows by their names in the URL, in display order. */
export const LIST_ORDERS = {
  clicks: { by: "clicks", descending: true },
  change: { by: "change", descending: true },
  loss: { by: "change", descending: false },
  name: { by: "value", descending: false },
} as const satisfies Record<string, Order>;

export type ListOrder = keyof typeof LIST_ORDERS;

/** The panel with all rows of a card. Pages count from 1. */
export type List = { card: CardKey; tab: Tab; find: string; by: ListOrder; page: number };

const isCard = (name: string | null): name is CardKey => name !== null && Object.hasOwn(CARDS, name);
const isOrder = (name: string | null): name is ListOrder => name !== null && Object.hasOwn(LIST_ORDERS, name);

/** The panel that is open according to the URL, or null. */
export function readList(view: View): List | null {
  const { params, filters } = view;
  const [card, by] = [params.get("show"), params.get("by")];
  const tab = isCard(card) && chosenTab(view, card);
  if (!isCard(card) || !tab) return null;
  const usable = isOrder(by) && (LIST_ORDERS[by].by !== "change" || filters.comparison !== null);
  return { card, tab, find: freeText(params.get("find")) ?? "", by: usable ? by : "clicks", page: pageOf(params) };
}

/** URL with the panel open; omitted values are the defaults. */
export function listHref(view: View, { card, find = "", by = "clicks", page = 1 }: Partial<List>): string {
  const next = fromTheStart(view.params);
  if (card) next.set("show", card);
  if (find) next.set("find", find);
  if (by !== "clicks") next.set("by", by);
  if (page > 1) next.set("page", String(page));
  return hrefTo(view.path, next);
}
