"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { askJson } from "@/components/ui/use-json";

/** Sends a change to our API and refreshes the page. `problem` is the error message. */
export function useChange() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** @returns the answer, or undefined when it failed */
  async function change<T>(method: string, address: string, body?: object): Promise<T | undefined> {
    setPending(true);
    setProblem(null);
    try {
      const headers = { "Content-Type": "application/json" };
      const answer = await askJson<T>(address, { method, ...(body && { headers, body: JSON.stringify(body) }) });
      router.refresh();
      return answer;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return undefined;
    } finally {
      setPending(false);
    }
  }
  return { change, pending, problem };
}
