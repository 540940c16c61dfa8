/** What the overview says until the first click: how to connect Dub, and what has arrived so far. */
export const text = {
  listening: "Listening",
  title: "Waiting for the first click",
  intro: "Connect Dub in three steps. This page fills by itself when a click arrives.",
  webhook: {
    title: "Create a webhook in Dub",
    how: "In Dub open {menu} and paste this address:",
    menu: "Settings → Webhooks → Create webhook",
    copy: "Copy the webhook address",
  },
  events: {
    title: "Choose the events",
    how: "Select {clicked} for all links of the workspace. Add {created}, {updated} and {deleted} to keep titles and tags fresh.",
  },
  secret: {
    title: "Share the signing secret",
    isSet:
      "A secret is set. If Dub shows another one, add that in the {settings}. Then choose “Send test event” in Dub.",
    missing:
      "Copy the secret that Dub shows and add it in the {settings}, or start Footfall with {variable}. Until then every delivery is refused.",
    settings: "settings",
  },
  nothingYet: "Nothing has arrived yet.",
  testArrived: (ago: string) => `Test event received ${ago}: the connection works. Now click one of your links.`,
  notCounted: (ago: string) => `A delivery arrived ${ago}, but it was not counted as a click. {why}`,
  seeWhy: "See why",
  demo: "Only looking around? {command} in a second terminal sends a month of believable clicks.",
} as const;
