import {
  AppWindow,
  CornerDownRight,
  Cpu,
  Eye,
  Gamepad2,
  Globe,
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
import { TagDot } from "./badge";
import { Icon } from "./icon";
import { type RowSign, rowSign, type Signed } from "./row-sign";

const DRAWINGS: Record<string, LucideIcon> = {
  ...{ Desktop: Monitor, Mobile: Smartphone, Tablet, Console: Gamepad2 },
  ...{ Smarttv: Tv, Wearable: Watch, Embedded: Cpu },
  ...{ link: MousePointerClick, qr: QrCode, pageview: Eye, deeplink: AppWindow },
  ...{ direct: CornerDownRight, globe: Globe },
};

// biome-ignore lint/performance/noImgElement: a local file of a few kilobytes has nothing to optimise
const Picture = (props: ComponentProps<"img">) => <img alt="" loading="lazy" {...props} />;

/** Draws a sign. Decorative: the text beside it says the same. */
export function Sign({ of }: { of: RowSign }) {
  if (of === null) return null;
  if (of.startsWith("#")) return <TagDot color={of.slice(1)} />;
  if (of === "short") return <Icon of="link" className="text-muted" />;
  if (of.startsWith("/flags/")) return <Picture src={of} className="flag" />;
  if (of.startsWith("/")) return <Picture src={of} className="pictogram" />;
  const Drawing = DRAWINGS[of];
  return Drawing ? (
    <Drawing aria-hidden className={`size-4 shrink-0 text-muted ${of === "globe" ? "w-5" : ""}`} />
  ) : (
    <span aria-hidden className="letter">
      {of}
    </span>
  );
}

/** The sign of a value. */
export const RowIcon = (props: Signed) => <Sign of={rowSign(props)} />;
