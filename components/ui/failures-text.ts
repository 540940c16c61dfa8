/** Texts of the error pages. Every page loads them, so that they are there when the server is not. */
export const text = {
  failed: {
    title: "Footfall is unavailable",
    why: "The database is probably unreachable. Try again. If this persists, check the server’s log.",
    whyWithReference: (reference: string) =>
      `The database is probably unreachable. Try again. If this persists, check the server’s log (reference ${reference}).`,
    tryAgain: "Try again",
  },
  pageFailed: {
    title: "This page couldn’t be loaded",
    why: "The database is probably unreachable. No data is lost: try again. If this persists, check the server’s log.",
    whyWithReference: (reference: string) =>
      `The database is probably unreachable. No data is lost: try again. If this persists, check the server’s log (reference ${reference}).`,
    tryAgain: "Try again",
  },
  notFound: {
    title: "Page not found",
    why: "The URL may be mistyped, or this link has no events yet.",
    overview: "Go to the overview",
  },
} as const;
