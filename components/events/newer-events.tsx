import { ArrowUp } from "lucide-react";
import { text } from "@/lib/text/events";

/** The quiet way back to the top when clicks came meanwhile. Above the page, so that nothing moves when it comes. */
export function NewerEvents({ href, isNewer }: { href: string; isNewer: boolean }) {
  return (
    <p role="status" className="pointer-events-none fixed inset-x-0 bottom-3 z-20 text-center print:hidden">
      {isNewer && (
        // No link of the router's: the whole list is loaded anew.
        <a
          href={href}
          className="pointer-events-auto inline-flex h-9 items-center gap-2 rounded-full border border-line bg-surface px-4 font-medium text-accent shadow-lg hover:bg-raised"
        >
          <ArrowUp aria-hidden className="size-4" />
          {text.newClicks}
        </a>
      )}
    </p>
  );
}
