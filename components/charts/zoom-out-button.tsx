import { ZoomOut } from "lucide-react";
import { text } from "@/lib/text/charts";

/** Back to the range from which a part was chosen. */
export function ZoomOutButton({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex items-center gap-1.5 rounded-md px-2 py-1.5 font-medium text-accent hover:bg-raised print:hidden"
    >
      <ZoomOut aria-hidden className="size-4" />
      {text.zoomOut}
    </button>
  );
}
