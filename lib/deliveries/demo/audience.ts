/** A city. `hours`: its usual offset from UTC. `hidden`: the sender omits the IP address. */
export type Place = {
  weight: number;
  continent: string;
  country: string;
  region: string;
  city: string;
  hours: number;
  hidden: boolean;
};

/** Weight, continent, country, region, hours and city; "!" where the IP address is omitted. */
const CITIES = `
14 NA US NY -5 New York; 9 NA US CA -8 San Francisco; 6 NA US CA -8 Los Angeles; 4 NA US IL -6 Chicago;
3 NA US IL -6 Springfield; 2 NA US MO -6 Springfield; 3 NA US TX -6 Austin; 4 NA CA ON -5 Toronto;
2 NA MX CMX -6 Mexico City;
11 EU DE BE 1! Berlin; 6 EU DE BY 1! Munich; 3 EU DE HH 1! Hamburg; 9 EU GB ENG 0 London; 2 EU GB SCT 0 Edinburgh;
6 EU FR IDF 1! Paris; 4 EU NL NH 1! Amsterdam; 3 EU ES MD 1! Madrid; 3 EU IT MI 1! Milan; 2 EU PL 14 1! Warsaw;
2 EU SE AB 1! Stockholm; 2 EU CH ZH 1 Zurich;
7 AS IN KA 5.5 Bengaluru; 3 AS IN MH 5.5 Mumbai; 4 AS JP 13 9 Tokyo; 2 AS SG Unknown 8 Singapore;
1 AS NP P3 5.75 Kathmandu;
4 SA BR SP -3 São Paulo; 1 SA AR C -3 Buenos Aires;
3 OC AU NSW 11 Sydney; 1 OC NZ AUK 13 Auckland;
2 AF NG LA 1 Lagos; 2 AF ZA GP 2 Johannesburg;
2 - Unknown Unknown 0 Unknown`;

export const PLACES: readonly Place[] = CITIES.trim()
  .split(/;\s+/)
  .map((line) => {
    const [weight, continent, country = "", region = "", hours = "", ...city] = line.split(" ");
    const place = { weight: Number(weight), continent: continent === "-" ? "" : String(continent), country, region };
    return { ...place, city: city.join(" "), hours: Number.parseFloat(hours), hidden: hours.endsWith("!") };
  });

/** Device, browser and system, in the sender's words. */
export type Client = { weight: number; device: string; browser: string; os: string; ua: string };

function client(weight: number, device: string, browser: string, os: string, ua: string): Client {
  return { weight, device, browser, os, ua: `Mozilla/5.0 ${ua}` };
}

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const CHROME = `${WEBKIT} Chrome/142.0.0.0 Safari/537.36`;
const IPHONE = `(iPhone; CPU iPhone OS 26_1 like Mac OS X) ${APPLE}`;
const [WINDOWS, MAC] = ["(Windows NT 10.0; Win64; x64)", "(Macintosh; Intel Mac OS X 10_15_7)"];
const PIXEL = `(Linux; Android 16; Pixel 10) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`;
const SAMSUNG = `(Linux; Android 16; SM-S938B) ${WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`;
const IPAD = `(iPad; CPU OS 26_1 like Mac OS X) ${APPLE} Version/26.1 Mobile/15E148 Safari/604.1`;
const TV = `(SMART-TV; LINUX; Tizen 9.0) ${WEBKIT} Version/9.0 TV Safari/537.36`;

export const CLIENTS: readonly Client[] = [
  client(24, "Mobile", "Mobile Safari", "iOS", `${IPHONE} Version/26.1 Mobile/15E148 Safari/604.1`),
  client(20, "Desktop", "Chrome", "Windows", `${WINDOWS} ${CHROME}`),
  client(16, "Mobile", "Chrome", "Android", PIXEL),
  client(12, "Desktop", "Chrome", "Mac OS", `${MAC} ${CHROME}`),
  client(8, "Desktop", "Safari", "Mac OS", `${MAC} ${APPLE} Version/26.1 Safari/605.1.15`),
  client(5, "Desktop", "Edge", "Windows", `${WINDOWS} ${CHROME} Edg/142.0.0.0`),
  client(4, "Desktop", "Firefox", "Linux", "(X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
  client(4, "Mobile", "Instagram", "iOS", `${IPHONE} Mobile/15E148 Instagram 400.0.0.0.1`),
  client(3, "Mobile", "Samsung Browser", "Android", SAMSUNG),
  client(3, "Tablet", "Mobile Safari", "iOS", IPAD),
  client(1, "Smarttv", "Samsung Browser", "Tizen", TV),
];

/** Bots that the sender does not mark as such, recognisable by user agent. */
export const BOTS: readonly Client[] = [
  client(3, "Desktop", "Unknown", "Unknown", "(compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
  client(2, "Desktop", "Chrome", "Linux", `(X11; Linux x86_64) ${WEBKIT} HeadlessChrome/142.0.0.0 Safari/537.36`),
  client(1, "Desktop", "Unknown", "Unknown", "(compatible; Bytespider; spider-feedback@bytedance.com)"),
];

/** Where a click came from: host and full URL. */
export type Source = { weight: number; referer: string; refererUrl: string };

function source(weight: number, referer: string, refererUrl = `https://${referer}/`): Source {
  return { weight, referer, refererUrl };
}

export const DIRECT: Source = source(30, "(direct)", "(direct)");

export const SOURCES: readonly Source[] = [
  DIRECT,
  source(13, "google.com"),
  source(12, "t.co", "https://t.co/Xy12Zw?amp=1"),
  source(10, "instagram.com", "https://l.instagram.com/?u=https%3A%2F%2Fgo.example.com"),
  source(8, "linkedin.com"),
  source(7, "mail.google.com"),
  source(5, "news.ycombinator.com", "https://news.ycombinator.com/item?id=42"),
  source(4, "reddit.com", "https://www.reddit.com/r/running/comments/1abc"),
  source(4, "youtube.com", "https://www.youtube.com/watch?v=steps"),
  source(3, "duckduckgo.com"),
  source(2, "bing.com"),
  source(2, "blog.example.com", "https://blog.example.com/guides/running-shoes"),
];
