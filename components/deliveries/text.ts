import { count } from "@/lib/base/format";
import type { Outcome, SpanName } from "@/lib/deliveries/list/filters";
import type { HistoryBucket } from "@/lib/deliveries/list/history";

type OutcomeText = { label: string; meaning: string };

const outcomes: Record<Outcome, OutcomeText> = {
  counted: { label: "Counted", meaning: "Each became one click." },
  duplicate: { label: "Duplicate", meaning: "The same click was sent again. It is counted once." },
  test: { label: "Test", meaning: "Dub’s test events. They are no clicks." },
  ignored: { label: "Not a click", meaning: "Events about links and other things, which are not counted." },
  quarantined: {
    label: "Quarantined",
    meaning: "Authentic, but not understood. They are kept whole and can be replayed after an upgrade.",
  },
  replayed: {
    label: "Replayed",
    meaning: "Were in quarantine and are settled since. Those that became clicks are among the counted, too.",
  },
};

/** What the ledger of deliveries says. Its buttons for replaying are in `replay.ts`. */
export const text = {
  deliveries: "Deliveries",
  what: (zone: string) =>
    `Every authentic delivery becomes one click or stands here with the reason. Times are ${zone}.`,
  health: "Health of the server",
  overview: "Overview",
  loading: "Loading the history",
  onlyListIsFiltered: "These are all deliveries of the span; the list below has only those that match.",
  noneInSpan: "No such delivery in this span. Choose All above, or remove a filter.",
  noneSoFar: "No such delivery so far.",
  idSearchCut:
    "Ids of counted clicks are searched in the last 90 days. Open a delivery of the link and filter by it to search further back.",
  notUnderstoodParts: "Not understood",
  notUnderstood: "Nothing is listed because a part of the address is not understood. Remove what is marked above.",
  span: "Span",
  spans: { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" } satisfies Record<SpanName, string>,
  all: "All",
  outcomes,
  refused: "Refused",
  whatIsRefused:
    "Requests that were not taken: without a valid signature, too large, or while nothing could take them. Only their number is kept.",
  fields: {
    received: "Received",
    outcome: "Outcome",
    reason: "Reason",
    event: "Event",
    link: "Link",
    onTheWay: "On the way",
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
    newestOnes: (n: number) => (n === 1 ? "Newest 1 delivery" : `Newest ${count(n)} deliveries`),
    olderOnes: (n: number) => (n === 1 ? "Older 1 delivery" : `Older ${count(n)} deliveries`),
    allOfThem: (n: number) =>
      n === 1 ? "Newest 1 delivery, all of them" : `Newest ${count(n)} deliveries, all of them`,
    newest: "Newest",
    older: "Older",
  },
  chart: {
    title: "Deliveries over time",
    amount: (n: number, outcome: Outcome) => `${count(n)} ${outcomes[outcome].label.toLowerCase()}`,
    refused: (n: number) => `${count(n)} refused`,
    bucket: (from: string, to: string, amounts: string[]) => `${from} – ${to}: ${amounts.join(", ") || "nothing"}`,
    unheard: "no data received",
    now: "now",
    from: "From",
    unheardHead: "No data received",
    unheardPart: { whole: "whole", part: "part" } satisfies Record<NonNullable<HistoryBucket["unheard"]>, string>,
  },
  panel: {
    noSuchDelivery: "No such delivery",
    noneOfThisNumber: "There is no delivery of this number. Old ones may have been removed.",
    title: (outcome: string, event: string | null) => `${outcome}: ${event ?? "delivery"}`,
    delivery: "Delivery",
    notKnown: "Not known",
    whatIsTheWay: "From the click to its arrival here",
    notReadable: "Not readable",
    notNoted: "Not noted",
    body: "Body",
    copyBody: "Copy Body",
    bytes: (bytes: number) => `${count(bytes)} bytes as received, without passwords.`,
    bytesCut: (bytes: number) => `${count(bytes)} bytes as received, without passwords; the beginning is shown.`,
    bodyNotKept: "Not kept: it repeats a counted click, or Footfall does not count this event.",
  },
  quarantine: {
    label: "Quarantine",
    title: "In quarantine by reason",
    what: "After an upgrade they may be understood: replay them, and each is counted once.",
    group: (n: number, when: string) => (n === 1 ? `1 delivery, ${when}` : `${count(n)} deliveries, ${when}`),
  },
} as const;
