import { count } from "@/lib/base/format";
import type { Outcome, SpanName } from "@/lib/deliveries/list/filters";
import type { HistoryBucket } from "@/lib/deliveries/list/history";

type OutcomeText = { label: string; meaning: string };

const outcomes: Record<Outcome, OutcomeText> = {
  counted: { label: "Counted", meaning: "Each was counted as one click." },
  duplicate: { label: "Duplicate", meaning: "The same click was sent again. It counts once." },
  test: { label: "Test", meaning: "Test events from Dub. They don’t count as clicks." },
  ignored: { label: "Not a click", meaning: "Other events, such as changes to links. They aren’t counted." },
  quarantined: {
    label: "Quarantined",
    meaning: "Signed correctly, but unreadable. They are stored in full and can be replayed after an upgrade.",
  },
  replayed: {
    label: "Replayed",
    meaning: "Were quarantined and have been processed since. Those that became clicks also appear under Counted.",
  },
};

/** Texts of the page Deliveries. Those of the replay buttons are in `replay-text.ts`. */
export const text = {
  deliveries: "Deliveries",
  what: (zone: string) =>
    `Every signed delivery is counted as a click or listed here with the reason. Times are in ${zone}.`,
  health: "Server health",
  overview: "Overview",
  loading: "Loading deliveries",
  onlyListIsFiltered: "The chart shows all deliveries in this range. Filters apply only to the list below.",
  noneInSpan: "No matching deliveries in this range. Choose All above, or remove a filter.",
  noneSoFar: "No matching deliveries yet.",
  idSearchCut: "For counted clicks, the id search covers the last 90 days. To search further back, filter by a link.",
  notUnderstoodParts: "Invalid filters",
  notUnderstood: "Nothing matches because part of the URL is invalid. Remove the parts marked above.",
  span: "Range",
  spans: { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" } satisfies Record<SpanName, string>,
  all: "All",
  outcomes,
  refused: "Refused",
  whatIsRefused:
    "Requests that were rejected: invalid signature, too large, or sent while Footfall couldn’t store them. Only their number is kept.",
  fields: {
    received: "Received",
    outcome: "Outcome",
    reason: "Reason",
    event: "Event",
    link: "Link",
    onTheWay: "Delay",
    secret: "Secret",
    clicked: "Clicked",
    replayed: "Replayed",
    signedWith: "Signed with",
    eventId: "Event id",
    clickId: "Click id",
  },
  list: {
    caption: "Deliveries, newest first",
    search: "Search by event id or click id",
    searchExample: "Event id or click id",
    removeFilter: (field: string, value: string) => `Remove filter ${field} ${value}`,
    pages: "Pages",
    newestOnes: (n: number) => (n === 1 ? "Newest delivery" : `Newest ${count(n)} deliveries`),
    olderOnes: (n: number) => (n === 1 ? "1 older delivery" : `${count(n)} older deliveries`),
    allOfThem: (n: number) => (n === 1 ? "1 delivery in total" : `${count(n)} deliveries in total`),
    newest: "Newest",
    older: "Older",
  },
  chart: {
    title: "Deliveries over time",
    amount: (n: number, outcome: Outcome) => `${count(n)} ${outcomes[outcome].label.toLowerCase()}`,
    refused: (n: number) => `${count(n)} refused`,
    bucket: (from: string, to: string, amounts: string[]) => `${from} – ${to}: ${amounts.join(", ") || "nothing"}`,
    downtime: "no data received",
    now: "now",
    from: "From",
    downtimeHead: "No data received",
    downtimePart: { whole: "whole", part: "part" } satisfies Record<NonNullable<HistoryBucket["downtime"]>, string>,
  },
  panel: {
    noSuchDelivery: "Delivery not found",
    noneOfThisNumber: "There is no delivery with this number. It may have been deleted.",
    title: (outcome: string, event: string | null) => `${outcome}: ${event ?? "delivery"}`,
    delivery: "Delivery",
    notKnown: "Unknown",
    whatIsTheWay: "From the click until it was received",
    notReadable: "Unreadable",
    notNoted: "Not recorded",
    body: "Body",
    copyBody: "Copy body",
    bytes: (bytes: number) => `${count(bytes)} bytes as received, passwords removed.`,
    bytesCut: (bytes: number) => `First part of ${count(bytes)} bytes as received, passwords removed.`,
    bodyNotKept: "Not stored: it repeats a counted click, or Footfall doesn’t count this event.",
  },
  quarantine: {
    label: "Quarantine",
    title: "Quarantined by reason",
    what: "A newer version may be able to read them. Replay them: each is counted once.",
    group: (n: number, when: string) => (n === 1 ? `1 delivery, ${when}` : `${count(n)} deliveries, ${when}`),
  },
} as const;
