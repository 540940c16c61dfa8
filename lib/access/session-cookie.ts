/** Cookies are shared by all ports of a host, so the name says whose it is. */
export const COOKIE_PREFIX = "footfall";

const NAME = `${COOKIE_PREFIX}.session_token`;

/** Names of the session cookie: over plain HTTP, and when PUBLIC_URL is HTTPS. */
export const SESSION_COOKIES = [NAME, `__Secure-${NAME}`] as const;
