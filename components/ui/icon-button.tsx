import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Link } from "./link";

/** An icon with a `label` for screen readers. */
type Iconic = { icon: LucideIcon; label: string; small?: boolean };

/** Look of a button with an icon alone, but for its size. */
export const ICON_BUTTON = "grid shrink-0 place-items-center text-muted hover:bg-raised hover:text-ink";

const iconProps = ({ icon: Icon, label, small = false }: Iconic, className = "") => ({
  "aria-label": label,
  className: `${ICON_BUTTON} ${small ? "size-8 rounded-md" : "size-9 rounded-lg"} ${className}`,
  children: <Icon aria-hidden className="size-4" />,
});

export function IconButton({ icon, label, small = false, className, ...props }: Iconic & ComponentProps<"button">) {
  return <button type="button" {...iconProps({ icon, label, small }, className)} {...props} />;
}

export function IconLink({ icon, label, small = false, className, ...props }: Iconic & ComponentProps<typeof Link>) {
  return <Link {...iconProps({ icon, label, small }, className)} {...props} />;
}
