/** Texts of the overview before the first click: how to connect Dub, and what has arrived so far. */
export const text = {
  listening: "Listening",
  title: "Waiting for the first click",
  intro: "Connect Dub in three steps. This page updates when the first click arrives.",
  webhook: {
    title: "Create a webhook in Dub",
    how: "In Dub open {menu} and paste this address:",
    menu: "Settings → Webhooks → Create webhook",
    copy: "Copy the webhook address",
  },
  events: {
    title: "Choose the events",
    how: "Select {clicked} for all links in the workspace. Add {created}, {updated} and {deleted} to keep titles and tags up to date.",
  },
  secret: {
    title: "Add the signing secret",
    isSet: "A secret is set. If Dub shows a different one, add it in {settings}. Then choose “Send test event” in Dub.",
    missing:
      "Copy the secret from Dub and add it in {settings}, or start Footfall with {variable}. Until then, every delivery is rejected.",
    settings: "Settings",
  },
  nothingYet: "Nothing received yet.",
  testArrived: (ago: string) => `Test event received ${ago}. The connection works: now click one of your links.`,
  notCounted: (ago: string) => `A delivery was received ${ago} but not counted as a click. {why}`,
  seeWhy: "See why",
  demo: "Just looking around? Run {command} in a second terminal to send a month of realistic clicks.",
} as const;
