/** The header, which Next reads from requests too, to copy the nonce to its own scripts. */
export const CONTENT_POLICY = "Content-Security-Policy";

/**
 * Content Security Policy: a page loads its own files, and scripts that have the nonce or are loaded by those. Should a
 * payload get through as HTML, its scripts wouldn't run. Inline styles are allowed: charts and libraries set them.
 *
 * @param isDevelopment React's development build uses eval
 * @param embedOn origins of sites that may show the page in a frame
 */
export function contentPolicy(nonce: string, isDevelopment: boolean, embedOn: readonly string[]): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${embedOn.length > 0 ? embedOn.join(" ") : "'none'"}`,
  ].join("; ");
}

/** The nonce that a policy allows. */
export const nonceOf = (policy: string): string | undefined => /'nonce-([^']+)'/.exec(policy)?.[1];
