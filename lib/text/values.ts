/** Stored values in words, where those are other than they are stored. Names of dimensions stand in their list. */
export const text = {
  continents: {
    AF: "Africa",
    AN: "Antarctica",
    AS: "Asia",
    EU: "Europe",
    NA: "North America",
    OC: "Oceania",
    SA: "South America",
  },
  triggers: {
    link: "Link click",
    qr: "QR scan",
    pageview: "Page view",
    deeplink: "Deep link",
  },
  devices: { Smarttv: "Smart TV" },
  bots: { bot: "Bot", human: "Human" },
  weekdays: {
    mon: "Monday",
    tue: "Tuesday",
    wed: "Wednesday",
    thu: "Thursday",
    fri: "Friday",
    sat: "Saturday",
    sun: "Sunday",
  },
} as const;
