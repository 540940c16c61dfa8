import { createRandom } from "@/lib/deliveries/demo/random";

/** Zipf weights: `1 / n ** exponent`. */
function zipf(entries: number, exponent: number): number[] {
  return Array.from({ length: entries }, (_, index) => 1 / (index + 1) ** exponent);
}

/** Country and continent, by popularity. */
const COUNTRIES = [
  ..."US:NA IN:AS GB:EU DE:EU BR:SA FR:EU CA:NA JP:AS NL:EU AU:OC ES:EU IT:EU ID:AS MX:NA PL:EU".split(" "),
  ..."TR:AS SE:EU SG:AS CH:EU NG:AF KR:AS ZA:AF AR:SA BE:EU PH:AS VN:AS AT:EU TH:AS PK:AS DK:EU".split(" "),
  ..."NO:EU FI:EU IE:EU PT:EU CO:SA MY:AS EG:AF CL:SA IL:AS AE:AS CZ:EU RO:EU HU:EU GR:EU KE:AF".split(" "),
  ..."UA:EU NZ:OC PE:SA SA:AS BD:AS HK:AS TW:AS CN:AS MA:AF NP:AS CR:NA GT:NA PA:NA DO:NA JM:NA".split(" "),
];
export const CITIES = 90;
const REGIONS = 10;

const DEVICES = ["Mobile", "Desktop", "Tablet"];
const BROWSERS = "Chrome,Safari,Firefox,Edge,Samsung Browser,Opera,Brave,Vivaldi,UCBrowser,DuckDuckGo,Yandex,Silk";
const SYSTEMS = "Android,iOS,Windows,Mac OS,Linux,Chromium OS,iPadOS,Ubuntu,HarmonyOS,Fire OS";

const LINKS = 2_000;
const REFERERS = 300;
const PATHS = ["/", "/news", "/feed", "/search", "/a/2026"];
const SOURCES = ["newsletter", "google", "instagram", "linkedin", "flyer", "partner", "youtube", "podcast"];
const MEDIUMS = ["email", "cpc", "social", "print", "referral"];
/** Number of UTM variants per link. */
const TAGGINGS = 4;

const NULL = "\\N";
const fields = (...values: (string | null)[]): string => values.map((value) => value ?? NULL).join("\t");

/** Entries and their weights; texts are columns of a COPY line, joined once instead of for every click. */
type Drawn<T = string> = { entries: readonly T[]; weights: readonly number[] };

export type BenchLink = {
  id: string;
  key: string;
  url: string;
  tags: string;
  plain: string;
  tagged: readonly string[];
};

/** Columns `continent`, `country`, `region` and `city`; country n starts at `n * CITIES`. */
export function places(): { countries: Drawn<string>; cities: Drawn } {
  const cities = COUNTRIES.flatMap((entry) => {
    const [country = "", continent = ""] = entry.split(":");
    return Array.from({ length: CITIES }, (_, city) =>
      fields(continent, country, `${country}-${10 + (city % REGIONS)}`, `${country} City ${city + 1}`),
    );
  });
  return {
    countries: { entries: COUNTRIES, weights: zipf(COUNTRIES.length, 1) },
    cities: { entries: cities, weights: zipf(CITIES, 0.6) },
  };
}

/** Columns `device`, `browser`, and `os` with `ua`; the user agent only adds realistic size. */
export function clients(): { devices: Drawn; browsers: Drawn; systems: Drawn } {
  const ua = (os: string) => `Mozilla/5.0 (${os}; rv:140.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/18.2`;
  return {
    devices: { entries: DEVICES, weights: [0.57, 0.38, 0.05] },
    browsers: { entries: BROWSERS.split(","), weights: zipf(12, 1.3) },
    systems: { entries: SYSTEMS.split(",").map((os) => fields(os, ua(os))), weights: zipf(10, 1) },
  };
}

/** Columns `referer`, `referer_url` and `referer_url_raw`, with a few paths per site. */
export function referers(): Drawn & { none: string } {
  const sites = Array.from({ length: REFERERS }, (_, site) => `site-${site + 1}.example.com`);
  const entries = sites.flatMap((site) =>
    PATHS.map((path) => fields(site, `https://${site}${path}`, `https://${site}${path}?ref=bench`)),
  );
  const weights = zipf(REFERERS, 1).flatMap((weight) => PATHS.map(() => weight / PATHS.length));
  return { entries, weights, none: fields(null, null, null) };
}

/**
 * Links by popularity, the busiest with about 9 % of all clicks; `plain` and `tagged` are the columns `url`, `base_url`,
 * `url_raw` and the five of UTM.
 */
export function links(seed: number): Drawn<BenchLink> {
  const random = createRandom(seed);
  const one = (words: readonly string[]) => words[Math.floor(random.next() * words.length)] ?? "";
  const link = (_: unknown, index: number): BenchLink => {
    const url = `https://www.example.com/p/${index + 1}`;
    const tagged = Array.from({ length: TAGGINGS }, () => {
      const number = () => Math.floor(random.next() * 40) + 1;
      const utm = [one(SOURCES), one(MEDIUMS), `campaign-${number()}`, `term-${number()}`, `content-${number()}`];
      const names = ["source", "medium", "campaign", "term", "content"];
      const query = names.map((name, at) => `utm_${name}=${utm[at]}`).join("&");
      return fields(`${url}?${query}`, url, `${url}?${query}&dub_id=bench`, ...utm);
    });
    return {
      id: `link_${random.id(25)}`,
      key: `bench-${index + 1}`,
      url,
      tags: JSON.stringify([{ id: `tag_${index % 20}`, name: `Tag ${index % 20}`, color: "green" }]),
      plain: fields(url, url, `${url}?dub_id=bench`, null, null, null, null, null),
      tagged,
    };
  };
  return { entries: Array.from({ length: LINKS }, link), weights: zipf(LINKS, 0.92) };
}
