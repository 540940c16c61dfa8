import { SkeletonRows } from "@/components/ui/card";

/** Same shapes as the list, so that nothing jumps when it loads. */
export default function Loading() {
  return (
    <div className="grid gap-4">
      <div className="grid gap-1.5 motion-safe:animate-pulse">
        <div className="h-8 w-28 rounded-lg bg-raised" />
        <div className="h-5 w-64 rounded-lg bg-raised" />
      </div>
      <div className="ml-auto h-9 w-52 rounded-lg bg-raised motion-safe:animate-pulse" />
      <div className="rounded-2xl border border-line bg-surface">
        <SkeletonRows label="clicks" />
      </div>
    </div>
  );
}
