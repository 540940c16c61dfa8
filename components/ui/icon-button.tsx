import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Link } from "./link";

/** An icon with a `label` for screen readers. `shape`: its size and corners. */
type Iconic = { icon: LucideIcon; label: string; shape?: string };

const iconProps = ({ icon: Icon, label, shape = "size-9 rounded-lg" }: Iconic, className = "") => ({
  "aria-label": label,
  className: `grid ${shape} shrink-0 place-items-center text-muted hover:bg-raised hover:text-ink ${className}`,
  children: <Icon aria-hidden className="size-4" />,
});

export function IconButton({ icon, label, shape, className, ...props }: Iconic & ComponentProps<"button">) {
  return <button type="button" {...iconProps({ icon, label, ...(shape && { shape }) }, className)} {...props} />;
}

export function IconLink({ icon, label, shape, className, ...props }: Iconic & ComponentProps<typeof Link>) {
  return <Link {...iconProps({ icon, label, ...(shape && { shape }) }, className)} {...props} />;
}
