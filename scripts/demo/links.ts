const TAGS = {
  newsletter: { id: "tag_demo_newsletter", name: "Newsletter", color: "green" },
  social: { id: "tag_demo_social", name: "Social", color: "blue" },
  print: { id: "tag_demo_print", name: "Print", color: "brown" },
  product: { id: "tag_demo_product", name: "Product", color: "purple" },
  hiring: { id: "tag_demo_hiring", name: "Hiring", color: "pink" },
};

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

function link(key: string, weight: number, title: string, url: string, tags: (keyof typeof TAGS)[], qr = 0): DemoLink {
  return { id: `link_demo_${key}`, key, title, url, tags: tags.map((name) => TAGS[name]), weight, qr, archived: false };
}

/** What a small company shares. The domains are reserved for examples. */
export const LINKS: readonly DemoLink[] = [
  link(
    "autumn",
    26,
    "Autumn collection",
    "https://shop.example.com/autumn?utm_source=newsletter&utm_medium=email&utm_campaign=autumn-2026",
    ["newsletter"],
  ),
  link(
    "launch",
    18,
    "Trail shoe: the launch film",
    "https://shop.example.com/trail?utm_source=social&utm_medium=video&utm_campaign=trail-launch",
    ["social", "product"],
  ),
  link("guide", 13, "How to choose a running shoe", "https://blog.example.com/guides/running-shoes", ["product"]),
  link(
    "store",
    10,
    "Find a store",
    "https://shop.example.com/stores?utm_source=poster&utm_medium=print&utm_campaign=window",
    ["print"],
    0.82,
  ),
  link("podcast", 8, "Podcast: ten thousand steps", "https://podcast.example.com/10000-steps", ["social"]),
  link("docs", 7, "Size chart", "https://shop.example.com/size-chart?region=eu&unit=cm", ["product"]),
  link(
    "sale",
    6,
    "Mid-season sale",
    "https://shop.example.com/sale?utm_source=newsletter&utm_medium=email&utm_campaign=sale&utm_content=button",
    ["newsletter"],
  ),
  link("menu", 4, "Café menu", "https://cafe.example.com/menu", ["print"], 0.95),
  link(
    "jobs",
    3,
    "We are hiring",
    "https://jobs.example.com/?utm_source=linkedin&utm_medium=social&utm_campaign=hiring",
    ["hiring", "social"],
  ),
  link("partners", 2, "Partner programme", "https://partners.example.com/join?via=demo", []),
  link("survey", 2, "Tell us what you think", "https://forms.example.com/s/2026?lang=en", ["newsletter"]),
  {
    ...link(
      "summer",
      1,
      "Summer collection",
      "https://shop.example.com/summer?utm_source=newsletter&utm_campaign=summer-2026",
      ["newsletter"],
    ),
    archived: true,
  },
];
