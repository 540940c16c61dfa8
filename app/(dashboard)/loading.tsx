/** Same shapes as the dashboard, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <div role="status" className="grid motion-safe:animate-pulse gap-4">
      <span className="sr-only">Loading</span>
      <div className="h-9 w-40 rounded-lg bg-raised" />
      <div className="h-[31rem] rounded-2xl border border-line bg-surface sm:h-[27rem]" />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-5">
        <div className="h-[26rem] rounded-2xl border border-line bg-surface lg:col-span-3" />
        <div className="h-[26rem] rounded-2xl border border-line bg-surface lg:col-span-2" />
      </div>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        {["left", "right"].map((side) => (
          <div key={side} className="h-96 rounded-2xl border border-line bg-surface" />
        ))}
      </div>
    </div>
  );
}
