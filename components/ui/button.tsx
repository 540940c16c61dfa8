import { X } from "lucide-react";
import type { ComponentProps } from "react";
import { text } from "@/lib/text/ui";

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

/** Closes the dialog that it stands in. */
export function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <button
      type="button"
      aria-label={text.close}
      onClick={onClose}
      className="grid size-9 shrink-0 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
    >
      <X aria-hidden className="size-4" />
    </button>
  );
}
