const YEAR_S = 31_536_000;

/** Keeps a choice in a cookie for a year, so that the server knows it; an empty one is forgotten. */
export function remember(cookie: string, value: string): void {
  const age = value === "" ? 0 : YEAR_S;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax`;
}
