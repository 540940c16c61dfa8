import { cache } from "react";
import { counted } from "@/components/ui/counted";
import { SamePageLink } from "@/components/ui/link";
import { RowIcon } from "@/components/ui/row-icon";
import { ask } from "@/components/views/ask";
import { mayFilter, type View } from "@/components/views/view";
import type { DimensionKey } from "@/lib/click/dimensions";
import { CARD_KEYS } from "@/lib/click/fields";
import type { SameValues } from "@/lib/question/answer-types";
import { hasOwn } from "@/lib/question/codec/facets";
import { fieldWords } from "@/lib/question/fields";
import { breakdownItems } from "./breakdown-card";
import { tabsOf } from "./list";

/**
 * What the view's cards would show one bar for. A dimension that is filtered by isn't among it: its card has the other
 * values to choose from.
 */
export const readSame = cache(async (view: View): Promise<SameValues> => {
  const same = await ask({ kind: "sameValues" }, view.filters);
  const shown = new Set(CARD_KEYS.flatMap((card) => tabsOf(view, card).map(({ key }) => key)));
  return new Map([...same].filter(([key]) => shown.has(key) && !hasOwn(view.filters, key)));
});

function itemOf(view: View, same: SameValues, key: DimensionKey) {
  const row = [...same].find(([own]) => own === key)?.[1];
  return breakdownItems(view, key, row ? [row] : [])[0];
}

/** The values that all clicks have, as lines instead of cards with one bar each. */
export function SameForAll({ view, same }: { view: View; same: SameValues }) {
  const [first] = same.values();
  if (!first) return null;
  const keys = CARD_KEYS.flatMap((card) => tabsOf(view, card).map(({ key }) => key));
  const items = keys.flatMap((key) => {
    const item = itemOf(view, same, key);
    return item ? [{ ...item, label: fieldWords(key).label }] : [];
  });
  const [known, missing] = [items.filter(({ value }) => value !== null), items.filter(({ value }) => value === null)];
  return (
    <section aria-label="Same for all clicks" className="card px-4 py-3.5">
      <h2 className="font-semibold">
        {first.clicks === 1 ? "Its one click" : `Same for all ${counted(first.clicks, "click")}`}
      </h2>
      <dl className="mt-1.5 grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {known.map(({ label, ...item }) => (
          <div key={item.dimension} className="flex min-w-0 items-center gap-3">
            <dt className="w-28 shrink-0 text-muted">{label}</dt>
            <dd className="min-w-0">
              <SamePageLink
                {...(mayFilter(view) && { href: item.href, title: `Only ${label}: ${item.title}` })}
                className="flex min-h-9 min-w-0 items-center gap-2 rounded [&[href]]:hover:text-accent [&[href]]:hover:underline"
              >
                <RowIcon {...item} />
                <span className="truncate">{item.text}</span>
              </SamePageLink>
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && (
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-muted">
          Without:
          {missing.map(({ label, href, dimension, text }) => (
            <SamePageLink
              key={dimension}
              {...(mayFilter(view) && { href, title: `Only ${label}: ${text}` })}
              className="rounded py-1.5 [&[href]]:hover:text-ink [&[href]]:hover:underline"
            >
              {label}
            </SamePageLink>
          ))}
        </p>
      )}
    </section>
  );
}
