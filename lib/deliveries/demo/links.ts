/** Tags and their colours. */
const TAGS = { newsletter: "green", social: "blue", print: "brown", product: "purple", hiring: "pink" };
type Tag = keyof typeof TAGS;

/** One demo link. `weight`: its share of clicks; `qr`: the share of its clicks that are scans. */
export type DemoLink = {
  id: string;
  key: string;
  title: string;
  url: string;
  tags: { id: string; name: string; color: string }[];
  weight: number;
  qr: number;
  archived: boolean;
};

function link(key: string, weight: number, qr: number, title: string, url: string, ...names: Tag[]): DemoLink {
  const tags = names.map((name) => ({
    ...{ id: `tag_demo_${name}`, name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`, color: TAGS[name] },
  }));
  return { id: `link_demo_${key}`, key, title, url, tags, weight, qr, archived: false };
}

const SHOP = "https://shop.example.com";

/** Query string from "source medium campaign" or "source medium campaign content". */
const utm = (words: string) =>
  words.replace(/(\S+) (\S+) (\S+)/, "utm_source=$1&utm_medium=$2&utm_campaign=$3").replace(" ", "&utm_content=");

/** Links of a small company, on domains reserved for examples. */
export const LINKS: readonly DemoLink[] = [
  link("autumn", 26, 0, "Autumn collection", `${SHOP}/autumn?${utm("newsletter email autumn-2026")}`, "newsletter"),
  link(
    "launch",
    18,
    0,
    "Trail shoe: the launch film",
    `${SHOP}/trail?${utm("social video trail-launch")}`,
    "social",
    "product",
  ),
  link("guide", 13, 0, "How to choose a running shoe", "https://blog.example.com/guides/running-shoes", "product"),
  link("store", 10, 0.82, "Find a store", `${SHOP}/stores?${utm("poster print window")}`, "print"),
  link("podcast", 8, 0, "Podcast: ten thousand steps", "https://podcast.example.com/10000-steps", "social"),
  link("docs", 7, 0, "Size chart", `${SHOP}/size-chart?region=eu&unit=cm`, "product"),
  link("sale", 6, 0, "Mid-season sale", `${SHOP}/sale?${utm("newsletter email sale button")}`, "newsletter"),
  link("menu", 4, 0.95, "Café menu", "https://cafe.example.com/menu", "print"),
  link("jobs", 3, 0, "We are hiring", `https://jobs.example.com/?${utm("linkedin social hiring")}`, "hiring", "social"),
  link("partners", 2, 0, "Partner programme", "https://partners.example.com/join?via=demo"),
  link("survey", 2, 0, "Tell us what you think", "https://forms.example.com/s/2026?lang=en", "newsletter"),
  {
    ...link(
      "summer",
      1,
      0,
      "Summer collection",
      `${SHOP}/summer?utm_source=newsletter&utm_campaign=summer-2026`,
      "newsletter",
    ),
    archived: true,
  },
];

/** Ids of the demo's links: what belongs to the demo is known by them. */
export const DEMO_LINK_IDS = LINKS.map(({ id }) => id);
