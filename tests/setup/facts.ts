import { runtime } from "@/lib/base/runtime";

/** Lets the next question about this server look anew: what is known is shared for a second, and read for five. */
export const forgetFacts = (): void => void runtime().delete("health");
