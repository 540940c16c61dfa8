import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Link } from "./link";

/** An icon with a `label` for screen readers. */
type Iconic = { icon: LucideIcon; label: string; small?: boolean };

const iconProps = ({ icon: Icon, label, small = false }: Iconic, className = "") => ({
  "aria-label": label,
  className: `grid ${small ? "size-8 rounded-md" : "size-9 rounded-lg"} shrink-0 place-items-center text-muted hover:bg-raised hover:text-ink ${className}`,
  children: <Icon aria-hidden className="size-4" />,
});

export function IconButton({ icon, label, small = false, className, ...props }: Iconic & ComponentProps<"button">) {
  return <button type="button" {...iconProps({ icon, label, small }, className)} {...props} />;
}

export function IconLink({ icon, label, small = false, className, ...props }: Iconic & ComponentProps<typeof Link>) {
  return <Link {...iconProps({ icon, label, small }, className)} {...props} />;
}
