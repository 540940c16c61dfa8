import type { ComponentProps } from "react";

const LOOK =
  "inline-flex h-9 items-center gap-1.5 whitespace-nowrap rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised";

/** One of several things to do. */
export function QuietButton({
  danger = false,
  type = "button",
  className = "",
  ...props
}: ComponentProps<"button"> & { danger?: boolean }) {
  return <button type={type} className={`${LOOK} ${danger ? "text-danger" : ""} ${className}`} {...props} />;
}
