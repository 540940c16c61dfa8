/** What stands in place of a page that cannot be shown. Every page loads it, so that it is there when it is needed. */
export const text = {
  failed: {
    title: "Footfall cannot answer right now",
    why: "Usually the database is away for a moment. Try again; if it stays, the server’s log says why.",
    whyWithReference: (reference: string) =>
      `Usually the database is away for a moment. Try again; if it stays, the server’s log says why (reference ${reference}).`,
    tryAgain: "Try again",
  },
  pageFailed: {
    title: "This page could not be answered",
    why: "Usually the database is away for a moment. Nothing is lost: try again. If it stays, the server’s log says why.",
    whyWithReference: (reference: string) =>
      `Usually the database is away for a moment. Nothing is lost: try again. If it stays, the server’s log says why (reference ${reference}).`,
    tryAgain: "Try again",
  },
  notFound: {
    title: "Nothing at this address",
    why: "The link may have been mistyped, or no event has named it yet.",
    overview: "Go to the overview",
  },
} as const;
