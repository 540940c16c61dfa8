"use client";

import { Failure, type FailureProps } from "@/components/ui/failure";

/** For errors before a page's frame exists, such as during the check of the session. */
export default function RootError(props: FailureProps) {
  return (
    <main
      role="alert"
      className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-4 px-4 text-center"
    >
      <Failure title="Footfall is unavailable" {...props} />
    </main>
  );
}
