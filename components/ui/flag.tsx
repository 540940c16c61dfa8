import { hasFlag } from "country-flag-icons";
import { Globe } from "lucide-react";

/** Flag of a country from our own files, or a globe. Decorative: the country's name is next to it. */
export function Flag({ country }: { country: string | null }) {
  if (!country || !hasFlag(country)) return <Globe aria-hidden className="size-4 w-5 shrink-0 text-muted" />;
  return (
    // biome-ignore lint/performance/noImgElement: a local file of half a kilobyte has nothing to optimise
    <img
      src={`/flags/${country}.svg`}
      alt=""
      width={20}
      height={14}
      loading="lazy"
      className="h-3.5 w-5 shrink-0 rounded-[3px] object-cover ring-1 ring-black/10"
    />
  );
}
