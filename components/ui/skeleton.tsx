import { text } from "@/lib/text/ui";

const WIDTHS = ["100%", "91%", "82%", "73%", "64%", "55%", "46%", "37%"];

/** Grey bars where rows will be. */
export function SkeletonRows({ label }: { label: string }) {
  return (
    <div role="status" className="grid gap-2 p-4">
      <span className="sr-only">{text.loadingOf(label)}</span>
      {WIDTHS.map((width) => (
        <div key={width} className="h-7 rounded-md bg-raised motion-safe:animate-pulse" style={{ width }} />
      ))}
    </div>
  );
}
