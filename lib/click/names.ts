import { isNoValue, tidyText } from "@/lib/base/clean";

/** Names as the sender writes them. After a colon: other names of the same thing. */
const list = (text: string): readonly string[] => text.split("|").map((entry) => entry.trim());

const DEVICES = list(
  "Desktop: pc, computer, laptop | Mobile: phone, mobile phone, smartphone | Tablet | Smarttv: tv, television" +
    " | Console: game console | Wearable: watch, smartwatch | Embedded | XR",
);

const SYSTEMS = list(
  "AIX | Amiga OS | Android: android os | Android-x86 | Arch | Bada | BeOS | BlackBerry: blackberry os, rim tablet os" +
    " | CentOS | Chromecast | Chromecast Android | Chromecast Fuchsia | Chromecast Linux | Chromecast SmartSpeaker" +
    " | Chromium OS: chrome os, cros | Contiki | Debian | Deepin | DragonFly | elementary OS | Fedora | Fire OS" +
    " | Firefox OS | FreeBSD | Fuchsia | Gentoo | GhostBSD | GNU | Haiku | HarmonyOS | HP-UX | Hurd" +
    " | iOS: iphone os | iPadOS | Joli | KaiOS | Knopix | Kubuntu | Linpus | Linspire | Linux: gnu/linux | Lumin OS" +
    " | Mac OS: macos, mac os x, os x, mac, macintosh | Maemo | Mageia | Mandriva | Manjaro | MeeGo | Minix | Mint" +
    " | MirOS | Morph OS | NetBSD | NetRange | NetTV | Nintendo | OpenBSD | OpenHarmony | OpenVMS | OS/2 | Palm | PC-BSD" +
    " | PCLinuxOS | Pico | Plan9 | PlayStation | QNX | Raspbian | RedHat: red hat | RHEL | RISC OS | Roku: roku os" +
    " | Sabayon | Sailfish: sailfish os | SerenityOS | Series40 | Slackware | Solaris: sun os | SUSE: opensuse" +
    " | Symbian: symbian os | Tizen | tvOS: apple tv | Ubuntu | Ubuntu Touch | Unix | VectorLinux | Viera | visionOS" +
    " | watchOS | WebOS: web0s | Windows: win, win32, windows nt | Windows CE | Windows IoT | Windows Mobile" +
    " | Windows Phone: windows phone os | Xbox | Xubuntu | Zenwalk",
);

const BROWSERS = list(
  "115 | 2345 | 360 | Alipay | Amaya | Android Browser: android webkit | Arc | Arora | Avant | Avast | AVG | Baidu | Basilisk" +
    " | Blazer | Bolt | Bowser | Brave: brave browser | Bunjalloo | Camino | ChatGPT | Chimera" +
    " | Chrome: google chrome | Chrome Headless: headless chrome | Mobile Chrome: chrome mobile | Chrome WebView" +
    " | Chromium | Cobalt | Coc Coc | Comet | Conkeror | Daum | Dillo | Dolphin | Dooble | Doris" +
    " | DuckDuckGo: duckduckgo browser | Ecosia | Edge: microsoft edge, ms edge, edg | Mobile Edge: edge mobile" +
    " | Edge WebView | Edge WebView2 | Epiphany | Facebook | Falkon | Fennec | Firebird" +
    " | Firefox: mozilla firefox | Mobile Firefox: firefox mobile | Firefox Focus | Firefox Klar | Firefox Reality" +
    " | Flock | Flow | Galeon | Go | GoBrowser | GSA | Helio | Heytap | HiBrowser | Honor | Huawei Browser | iCab | ICE Browser" +
    " | IceApe | IceCat | IceDragon | Iceweasel | IE: internet explorer, msie | IEMobile: ie mobile | Instagram | Iridium" +
    " | Iron | Jasmine | Kakao Story: kakaostory | KakaoTalk | Kindle | Klar | Klarna | K-Meleon | Konqueror | Ladybird | LBBROWSER" +
    " | LibreWolf | Line | LinkedIn | Links | Lunascape | Lynx | Maemo Browser | Maxthon | Midori | Minimo" +
    " | MIUI Browser: mi browser | Mosaic | Mozilla | NetFront | NetSurf | Netscape | NokiaBrowser | Obigo | OculusBrowser" +
    " | OmniWeb | Opera | Opera Coast | Opera GX | Opera Mini | Opera Mobi: opera mobile | Opera Tablet | Opera Touch" +
    " | Oppo | OviBrowser | Pale Moon | PhantomJS | Phoenix | Pico Browser | Pinterest | Polaris | Puffin | QQ" +
    " | QQBrowser | QQBrowserLite | Quark | QupZilla | Quora | Reddit | RockMelt" +
    " | Safari: apple safari | Mobile Safari: safari mobile | Safari WebView | Sailfish Browser" +
    " | Samsung Browser: samsung internet | SeaMonkey | Seznam | Silk: amazon silk | Skyfire | Sleipnir | Slim | SlimBrowser" +
    " | Smart Lenovo Browser | Snapchat | Sogou Explorer | Sogou Mobile | Swiftfox | Telegram | Tesla | Threads | TikTok" +
    " | Tizen Browser | Tor Browser: tor | Twitter | UCBrowser: uc browser | UP.Browser | Vivaldi | Vivo Browser | w3m" +
    " | Waterfox | WeChat: micromessenger | Weibo | WebKit | WhatsApp | Whale | Wolvic | X | Yandex: yandex browser, yabrowser" +
    " | Zalo | Zen | CFNetwork | axios | curl | Wget",
);

const TRIGGERS = list("link: link click | qr: qr code, qr scan | pageview | deeplink");

/** Case and separators don't distinguish names. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[\s._/-]+/g, "");

function namesOf(entries: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const entry of entries) {
    const [name = "", others] = entry.split(": ");
    for (const other of [name, ...(others?.split(", ") ?? [])]) names.set(keyOf(other), name);
  }
  return names;
}

/** What parsers say when they don't know. */
const isUnknown = (text: string): boolean => isNoValue(text) || /^(?:n\/a|none|null|undefined)$/i.test(text);

/** An unknown name gets capitals, so that it is one row whatever its case. */
const capitalised = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFC")
    .replace(/(?<![\p{L}\p{N}\p{M}'’])\p{Ll}/gu, (letter) =>
      letter.toUpperCase().length === letter.length ? letter.toUpperCase() : letter,
    );

function speller(entries: readonly string[], otherwise: (text: string) => string) {
  const names = namesOf(entries);
  return (text: string): string | null => {
    const tidy = tidyText(text);
    return isUnknown(tidy) ? null : (names.get(keyOf(tidy)) ?? otherwise(tidy));
  };
}

/** Normalises the name of a device; null for "no value". The same for the others. */
export const spellDevice = speller(DEVICES, capitalised);
export const spellSystem = speller(SYSTEMS, capitalised);
export const spellBrowser = speller(BROWSERS, capitalised);
export const spellTrigger = speller(TRIGGERS, (text) => tidyText(text.toLowerCase()));

/** Normalises free text; "Unknown" is no value. */
export function spellText(text: string): string | null {
  const tidy = tidyText(text);
  return isNoValue(tidy) ? null : tidy;
}
