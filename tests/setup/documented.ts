import { vi } from "vitest";
import type * as Reading from "@/lib/account/reading";

// Checks every answer of an address in the API's document against it, whatever a test is about.

vi.mock("@/lib/account/reading", async (original) => {
  const real = await original<typeof Reading>();
  // Only for test files that ask the API: it takes a second.
  const { assertDocumented } = await import("./documented-answers");
  const reading = ((needs, handler) => {
    const answer = real.reading(needs, handler);
    return async (request, context) => {
      const response = await answer(request, context);
      await assertDocumented(request, response);
      return response;
    };
  }) as typeof real.reading;
  return { ...real, reading };
});
