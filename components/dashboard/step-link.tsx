import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { LinkPending } from "@/components/ui/pending";
import { rangeWords } from "@/lib/format";
import { stepRange, withRange } from "@/lib/question/codec/range";
import { CONTROL_KEYS } from "@/lib/question/presets";
import { text } from "@/lib/text/ranges";
import { hrefTo, type View } from "./view";

const LOOK = "grid w-9 shrink-0 place-items-center text-muted";

/** To the range beside this one; without a way when there is none. */
export function StepLink({ view, direction }: { view: View; direction: -1 | 1 }) {
  const { range, zone, now } = view.filters;
  const stepped = stepRange(range, direction, zone, now);
  const [Icon, word, key, edge] =
    direction === -1
      ? [ChevronLeft, text.back, CONTROL_KEYS.back, "rounded-l-lg"]
      : [ChevronRight, text.forward, CONTROL_KEYS.forward, "rounded-r-lg"];
  if (!stepped) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a link that leads nowhere has no address
      // biome-ignore lint/a11y/useFocusableInteractive: nothing happens here
      <span role="link" aria-disabled="true" aria-label={word} className={`${LOOK} opacity-40`}>
        <Icon aria-hidden className="size-4" />
      </span>
    );
  }
  const name = text.stepTo(word, rangeWords({ range: stepped, zone }));
  return (
    <Link
      href={hrefTo(view.path, withRange(view.params, stepped, zone))}
      scroll={false}
      prefetch={false}
      aria-label={name}
      aria-keyshortcuts={key}
      title={name}
      className={`${LOOK} ${edge} hover:bg-raised hover:text-ink`}
    >
      <LinkPending />
      <Icon aria-hidden className="size-4" />
    </Link>
  );
}
