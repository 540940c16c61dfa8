"use client";

import { Failure, type FailureProps } from "@/components/ui/failure";

export default function DashboardError(props: FailureProps) {
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-4 py-24 text-center">
      <Failure title="This page couldn’t be loaded" promise="No data is lost: try again." {...props} />
    </div>
  );
}
