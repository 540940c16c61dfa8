/** What stands around the explanation of a figure; the explanation itself is in `why-facts.ts`, on the server. */
export const text = {
  title: (of: string) => `Why these numbers: ${of}`,
  ask: "Why these numbers?",
  asking: "Asking",
  sameByApi: "The same by API",
  copyAddress: "Copy the address",
  tryAgain: "Try again",
  noReason: "The server gave no reason.",
  unreachable: "The server cannot be reached.",
} as const;
