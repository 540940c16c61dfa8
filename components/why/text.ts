/** Texts around the explanation of a figure. The explanation itself is in `lib/api/why.ts`, on the server. */
export const text = {
  title: (of: string) => `Why these numbers: ${of}`,
  ask: "Why these numbers?",
  asking: "Loading",
  sameByApi: "Same data by API",
  copyAddress: "Copy URL",
  tryAgain: "Try again",
  noReason: "The server gave no reason. Try again.",
  unreachable: "Couldn’t reach the server. Try again.",
} as const;
