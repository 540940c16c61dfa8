import type { ComponentProps } from "react";

/** Primary button. */
export function Button({ className = "", type = "button", ...props }: ComponentProps<"button">) {
  return (
    <button
      type={type}
      className={`inline-flex h-10 items-center justify-center gap-2 rounded-lg px-4 bg-accent font-medium text-on-accent hover:bg-accent-strong disabled:cursor-progress disabled:opacity-60 ${className}`}
      {...props}
    />
  );
}

const QUIET_LOOK =
  "inline-flex h-9 items-center gap-1.5 whitespace-nowrap rounded-lg border border-line bg-surface px-3 font-medium hover:bg-raised";

/** Secondary button. */
export function QuietButton({
  danger = false,
  type = "button",
  className = "",
  ...props
}: ComponentProps<"button"> & { danger?: boolean }) {
  return <button type={type} className={`${QUIET_LOOK} ${danger ? "text-danger" : ""} ${className}`} {...props} />;
}
