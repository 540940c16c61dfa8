/** A city where people click. `hours`: the usual distance of its clocks from UTC. `hidden`: the sender withholds the ip. */
export type Place = {
  weight: number;
  continent: string;
  country: string;
  region: string;
  city: string;
  hours: number;
  hidden: boolean;
};

function place(
  weight: number,
  continent: string,
  country: string,
  region: string,
  city: string,
  hours: number,
  hidden = false,
): Place {
  return { weight, continent, country, region, city, hours, hidden };
}

export const PLACES: readonly Place[] = [
  place(14, "NA", "US", "NY", "New York", -5),
  place(9, "NA", "US", "CA", "San Francisco", -8),
  place(6, "NA", "US", "CA", "Los Angeles", -8),
  place(4, "NA", "US", "IL", "Chicago", -6),
  place(3, "NA", "US", "IL", "Springfield", -6),
  place(2, "NA", "US", "MO", "Springfield", -6),
  place(3, "NA", "US", "TX", "Austin", -6),
  place(4, "NA", "CA", "ON", "Toronto", -5),
  place(2, "NA", "MX", "CMX", "Mexico City", -6),
  place(11, "EU", "DE", "BE", "Berlin", 1, true),
  place(6, "EU", "DE", "BY", "Munich", 1, true),
  place(3, "EU", "DE", "HH", "Hamburg", 1, true),
  place(9, "EU", "GB", "ENG", "London", 0),
  place(2, "EU", "GB", "SCT", "Edinburgh", 0),
  place(6, "EU", "FR", "IDF", "Paris", 1, true),
  place(4, "EU", "NL", "NH", "Amsterdam", 1, true),
  place(3, "EU", "ES", "MD", "Madrid", 1, true),
  place(3, "EU", "IT", "MI", "Milan", 1, true),
  place(2, "EU", "PL", "14", "Warsaw", 1, true),
  place(2, "EU", "SE", "AB", "Stockholm", 1, true),
  place(2, "EU", "CH", "ZH", "Zurich", 1),
  place(7, "AS", "IN", "KA", "Bengaluru", 5.5),
  place(3, "AS", "IN", "MH", "Mumbai", 5.5),
  place(4, "AS", "JP", "13", "Tokyo", 9),
  place(2, "AS", "SG", "Unknown", "Singapore", 8),
  place(1, "AS", "NP", "P3", "Kathmandu", 5.75),
  place(4, "SA", "BR", "SP", "São Paulo", -3),
  place(1, "SA", "AR", "C", "Buenos Aires", -3),
  place(3, "OC", "AU", "NSW", "Sydney", 11),
  place(1, "OC", "NZ", "AUK", "Auckland", 13),
  place(2, "AF", "NG", "LA", "Lagos", 1),
  place(2, "AF", "ZA", "GP", "Johannesburg", 2),
  place(2, "", "Unknown", "Unknown", "Unknown", 0),
];

/** What somebody clicks with, as the sender names it. */
export type Client = { weight: number; device: string; browser: string; os: string; ua: string };

function client(weight: number, device: string, browser: string, os: string, ua: string): Client {
  return { weight, device, browser, os, ua: `Mozilla/5.0 ${ua}` };
}

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const IPHONE = "(iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

export const CLIENTS: readonly Client[] = [
  client(24, "Mobile", "Mobile Safari", "iOS", `${IPHONE} Version/26.1 Mobile/15E148 Safari/604.1`),
  client(20, "Desktop", "Chrome", "Windows", `(Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`),
  client(
    16,
    "Mobile",
    "Chrome",
    "Android",
    `(Linux; Android 16; Pixel 10) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
  ),
  client(
    12,
    "Desktop",
    "Chrome",
    "Mac OS",
    `(Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
  ),
  client(
    8,
    "Desktop",
    "Safari",
    "Mac OS",
    "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
  ),
  client(
    5,
    "Desktop",
    "Edge",
    "Windows",
    `(Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
  ),
  client(4, "Desktop", "Firefox", "Linux", "(X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
  client(4, "Mobile", "Instagram", "iOS", `${IPHONE} Mobile/15E148 Instagram 400.0.0.0.1`),
  client(
    3,
    "Mobile",
    "Samsung Browser",
    "Android",
    `(Linux; Android 16; SM-S938B) ${WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
  ),
  client(
    3,
    "Tablet",
    "Mobile Safari",
    "iOS",
    "(iPad; CPU OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
  ),
  client(
    1,
    "Smarttv",
    "Samsung Browser",
    "Tizen",
    `(SMART-TV; LINUX; Tizen 9.0) ${WEBKIT} Version/9.0 TV Safari/537.36`,
  ),
];

/** Machines that the sender took for people: their names give them away. */
export const BOTS: readonly Client[] = [
  client(3, "Desktop", "Unknown", "Unknown", "(compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
  client(2, "Desktop", "Chrome", "Linux", `(X11; Linux x86_64) ${WEBKIT} HeadlessChrome/142.0.0.0 Safari/537.36`),
  client(1, "Desktop", "Unknown", "Unknown", "(compatible; Bytespider; spider-feedback@bytedance.com)"),
];

/** Where a click came from: the host, and the address as the browser sent it. */
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
