import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Icon, type Shape } from "./icon";
import { Link } from "./link";

/** An icon with a `label` for screen readers. */
type Iconic = { icon: LucideIcon | Shape; label: string; small?: boolean };

const iconProps = ({ icon: Drawing, label, small = false }: Iconic, className = "") => ({
  "aria-label": label,
  className: `icon-button ${small ? "size-8 rounded-md " : ""}${className}`.trim(),
  children: typeof Drawing === "string" ? <Icon of={Drawing} /> : <Drawing aria-hidden className="size-4" />,
});

export function IconButton({ icon, label, small = false, className, ...props }: Iconic & ComponentProps<"button">) {
  return <button type="button" {...iconProps({ icon, label, small }, className)} {...props} />;
}

export function IconLink({ icon, label, small = false, className, ...props }: Iconic & ComponentProps<typeof Link>) {
  return <Link {...iconProps({ icon, label, small }, className)} {...props} />;
}
