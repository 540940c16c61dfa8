import { hasFlag } from "country-flag-icons";
import {
  AppWindow,
  CornerDownRight,
  Cpu,
  Eye,
  Gamepad2,
  Globe,
  Link2,
  type LucideIcon,
  Monitor,
  MousePointerClick,
  QrCode,
  Smartphone,
  Tablet,
  Tv,
  Watch,
} from "lucide-react";
import type { ComponentProps } from "react";
import { programIcon, siteIcon } from "@/lib/base/icons";
import type { DimensionKey } from "@/lib/click/dimensions";

// biome-ignore lint/performance/noImgElement: a local file of a few kilobytes has nothing to optimise
const Picture = (props: ComponentProps<"img">) => <img alt="" loading="lazy" {...props} />;

/** Flag of a country from our own files, or a globe. Decorative: the country's name is next to it. */
export function Flag({ country }: { country: string | null }) {
  if (!country || !hasFlag(country)) return <Globe aria-hidden className="size-4 w-5 shrink-0 text-muted" />;
  const look = "h-3.5 w-5 shrink-0 rounded-[3px] object-cover ring-1 ring-black/10";
  return <Picture src={`/flags/${country}.svg`} width={20} height={14} className={look} />;
}

const ICONS: Partial<Record<DimensionKey, Record<string, LucideIcon>>> = {
  device: {
    ...{ Desktop: Monitor, Mobile: Smartphone, Tablet, Console: Gamepad2 },
    ...{ Smarttv: Tv, Wearable: Watch, Embedded: Cpu },
  },
  trigger: { link: MousePointerClick, qr: QrCode, pageview: Eye, deeplink: AppWindow },
};

/** Dimensions whose rows get a tile with their first letter if they have no icon. */
const LETTERED: readonly DimensionKey[] = ["referer", "refererUrl", "browser", "os", "url", "baseUrl"];

/** URL of the picture of a browser, a system, a site or an app, or null. */
function pictureOf(dimension: DimensionKey, value: string, text: string): string | null {
  if (dimension === "browser" || dimension === "os") return programIcon(value);
  if (dimension === "referer") return siteIcon(value) ?? programIcon(text.replace(/ app$/, ""));
  const host = dimension === "refererUrl" ? /^(?:https?:\/\/)?([^/:?#]+)/i.exec(value)?.[1] : undefined;
  return host ? siteIcon(host) : null;
}

type Props = { dimension: DimensionKey; value: string | null; country: string | null; text: string };

/** A row's icon. Decorative: the text says the same. */
export function RowIcon({ dimension, value, country, text }: Props) {
  if (dimension === "country" || dimension === "region" || dimension === "city") return <Flag country={country} />;
  const Icon = ICONS[dimension]?.[value ?? ""];
  if (Icon) return <Icon aria-hidden className="size-4 shrink-0 text-muted" />;
  if (dimension === "linkId") return <Link2 aria-hidden className="size-4 shrink-0 text-muted" />;
  const isSource = dimension === "referer" || dimension === "refererUrl";
  if (value === null && isSource) return <CornerDownRight aria-hidden className="size-4 shrink-0 text-muted" />;
  const picture = value === null ? null : pictureOf(dimension, value, text);
  if (picture)
    return <Picture src={picture} width={18} height={18} className="mx-px size-4.5 shrink-0 object-contain" />;
  if (!LETTERED.includes(dimension)) return null;
  const letter = /[\p{L}\p{N}]/u.exec(value === null ? "" : text.replace(/^https?:\/\/(www\.)?/, ""))?.[0];
  return (
    <span
      aria-hidden
      className="grid size-5 shrink-0 place-items-center rounded-[5px] bg-raised font-semibold text-[11px] text-muted uppercase"
    >
      {letter ?? "·"}
    </span>
  );
}
