/**
 * Pictures of browsers and systems by the name that the sender gives them, in lower case. Several names are one product.
 * The pictures' names are those of the collection that they are made from.
 */
export const ICONS: Readonly<Record<string, string>> = {
  chrome: "chrome",
  "mobile chrome": "chrome",
  "chrome webview": "chrome",
  "chrome headless": "chrome",
  chromium: "chrome",
  "chromium os": "chrome",
  "chrome os": "chrome",
  firefox: "firefox",
  "mobile firefox": "firefox",
  "firefox focus": "firefox",
  safari: "safari",
  "mobile safari": "safari",
  edge: "microsoft-edge",
  "mobile edge": "microsoft-edge",
  opera: "opera",
  "opera mobi": "opera",
  "opera mini": "opera",
  "opera touch": "opera",
  brave: "brave",
  vivaldi: "vivaldi-icon",
  ie: "internetexplorer",
  duckduckgo: "duckduckgo",
  "tor browser": "tor-browser",
  facebook: "facebook",
  instagram: "instagram-icon",
  tiktok: "tiktok-icon",
  whatsapp: "whatsapp-icon",
  pinterest: "pinterest",
  "android browser": "android-icon",
  android: "android-icon",
  ios: "apple",
  ipados: "apple",
  macos: "apple",
  "mac os": "apple",
  windows: "microsoft-windows-icon",
  "windows phone": "microsoft-windows-icon",
  linux: "linux-tux",
  ubuntu: "ubuntu",
  debian: "debian",
  fedora: "fedora",
  freebsd: "freebsd",
};

/** Address of the picture of a browser or system, or null when there is none. */
export function iconOf(name: string): string | null {
  const icon = Object.hasOwn(ICONS, name.toLowerCase()) ? ICONS[name.toLowerCase()] : undefined;
  return icon ? `/icons/${icon}.svg` : null;
}
