import type { ComponentProps } from "react";

/** The one thing to do on a page. */
export function Button({ className = "", type = "button", ...props }: ComponentProps<"button">) {
  return (
    <button
      type={type}
      className={`inline-flex h-10 items-center justify-center gap-2 rounded-lg px-4 bg-accent font-medium text-on-accent hover:bg-accent-strong disabled:cursor-progress disabled:opacity-60 ${className}`}
      {...props}
    />
  );
}
