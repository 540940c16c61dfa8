/** Icon name: names of the browsers and systems it stands for. */
const NAMES = `
chrome: chrome, mobile chrome, chrome webview, chrome headless, chromium, chromium os, chrome os
firefox: firefox, mobile firefox, firefox focus
safari: safari, mobile safari
microsoft-edge: edge, mobile edge
opera: opera, opera mobi, opera mini, opera touch
brave: brave
vivaldi-icon: vivaldi
internetexplorer: ie
duckduckgo: duckduckgo
tor-browser: tor browser
facebook: facebook
instagram-icon: instagram
tiktok-icon: tiktok
whatsapp-icon: whatsapp
pinterest: pinterest
android-icon: android browser, android
apple: ios, ipados, macos, mac os
microsoft-windows-icon: windows, windows phone
linux-tux: linux
ubuntu: ubuntu
debian: debian
fedora: fedora
freebsd: freebsd`;

/** Icon names in the collection by browser or system name in lower case. */
const ICONS = new Map(
  NAMES.trim()
    .split("\n")
    .flatMap((line) => {
      const [icon = "", names = ""] = line.split(": ");
      return names.split(", ").map((name) => [name, icon] as const);
    }),
);

export const ICON_NAMES: ReadonlySet<string> = new Set(ICONS.values());

/** URL of a browser's or system's icon, or null when there is none. */
export function iconOf(name: string): string | null {
  const icon = ICONS.get(name.toLowerCase());
  return icon ? `/icons/${icon}.svg` : null;
}
