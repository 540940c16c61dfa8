import type { ComponentProps } from "react";
import { ACCENT } from "./link";

export function Button({ className = "", ...props }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      className={`inline-flex h-10 items-center justify-center gap-2 rounded-lg px-4 bg-accent font-medium text-on-accent hover:bg-accent-strong disabled:cursor-progress disabled:opacity-60 ${className}`}
      {...props}
    />
  );
}

export function QuietButton({ className = "", ...props }: ComponentProps<"button">) {
  return <button type="button" className={`tool ${className}`} {...props} />;
}

/** A button that looks like a link in a text. */
export function TextButton({ className = "px-2 py-1.5", ...props }: ComponentProps<"button">) {
  return <button type="button" className={`${ACCENT} ${className}`} {...props} />;
}
