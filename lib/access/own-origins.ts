/**
 * Origins that a page of this server may have, by the host that was asked for: people open it as localhost, by
 * address, or through a proxy that names the host. Both schemes, since a proxy may have ended TLS. A browser lets no
 * foreign page choose these headers, so they are safe to compare an `Origin` with.
 */
export function ownOrigins(request: Request): string[] {
  const forwarded = request.headers.get("x-forwarded-host")?.split(",")[0]?.trim();
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return [forwarded, host].flatMap((name) => (name ? origins(name) : []));
}

function origins(host: string): string[] {
  // Also keeps out wildcards, which would be taken for a pattern.
  if (!/^[\w.\-:[\]]+$/.test(host)) return [];
  return ["http", "https"]
    .map((scheme) => `${scheme}://${host}`)
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text).origin);
}
