import { X } from "lucide-react";
import { text } from "@/lib/text/ui";

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
