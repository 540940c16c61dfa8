/**
 * What a page may load: its own files, and scripts that carry the nonce, or that those load. A payload that slipped
 * through as HTML could then still not run. Styles may be inline: charts and libraries set them on elements, and no
 * style runs.
 *
 * @param isDevelopment React's development build evaluates text
 */
export function contentPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
