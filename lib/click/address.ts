import { isNoValue, tidyText } from "@/lib/base/clean";
import { parseUrl } from "@/lib/base/urls";
import { spellApp } from "@/lib/click/apps";
import { spellEscapes } from "@/lib/click/escapes";
import { spellHost } from "@/lib/click/hosts";

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const WEB = /^https?:/i;
const APP = /^((?:android|ios)-app):\/\/([^/?#]*)([^?#]*)/i;

/** Splits text at the first separator; the second part is undefined without one. */
export function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Splits a URL into its parts as written; missing parts are null. */
export function partsOf(address: string): { page: string; query: string | null; fragment: string | null } {
  const [beforeFragment, fragment = null] = split(address, "#");
  const [page, query = null] = split(beforeFragment, "?");
  return { page, query, fragment };
}

/** A parsed web URL with its host in Unicode and a readable path. */
function spellWeb(page: string): string | null {
  const url = WEB.test(page) ? parseUrl(page) : null;
  if (url === null) return null;
  const { protocol, username, password, hostname, port, pathname } = url;
  const user = username === "" ? "" : `${username}${password === "" ? "" : `:${password}`}@`;
  const host = spellHost(hostname) ?? hostname;
  return `${protocol}//${user}${host}${port === "" ? "" : `:${port}`}${spellEscapes(pathname)}`;
}

/**
 * Normalises a URL up to its query string: lower-case scheme and host, no default port, `/` as an empty path, readable
 * letters. Outside the web only the scheme changes. May be empty.
 */
export function spellPage(address: string): string {
  const page = tidyText(partsOf(address).page);
  const [, scheme, id = "", path = ""] = APP.exec(page) ?? [];
  if (scheme) return `${scheme.toLowerCase()}://${spellApp(id)}${path || "/"}`;
  return spellWeb(page) ?? page.replace(SCHEME, (text) => text.toLowerCase());
}

/** Normalises a referer URL, without its query string; null for "no value". */
export const spellRefererUrl = (text: string): string | null => (isNoValue(text) ? null : spellPage(text) || null);

/** A host with a user before it, or a port or path behind it. */
const HOST_AND_MORE = /^(?:[^\s/?#@]*@)?(\[[^\]\s]*\]|[^\s/?#@:[\]]+)(?::\d{0,5})?(?:[/?#].*)?$/s;
/** A URL scheme without a host, such as `mailto:`; `host:8080` isn't one. */
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$)|\/\/)/i;

function withoutWww(host: string): string {
  const [, rest] = /^www\.(.+\..+)$/.exec(host) ?? [];
  return rest === undefined ? host : withoutWww(rest);
}

/** Normalises a referer URL as shown in lists; null for "no value". */
export function spellReferer(text: string): string | null {
  const spelled = readReferer(text);
  return spelled === null || isNoValue(spelled) ? null : spelled;
}

/** Extracts a host without `www.` and port from whatever senders write around it, or an app's id; null for nothing. */
function readReferer(text: string): string | null {
  const tidy = tidyText(text);
  const [, scheme, id = ""] = APP.exec(tidy) ?? [];
  if (scheme) return readReferer(id);
  // Apps of one store have numeric ids, which a URL parser takes for IP addresses.
  if (/^\d+$/.test(tidy)) return spellApp(tidy);
  const bare = tidy.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\//i, "");
  const [, host] = OTHER_SCHEME.test(tidy) ? [] : (HOST_AND_MORE.exec(bare) ?? []);
  const spelled = host === undefined ? null : spellHost(host);
  return spelled === null ? tidy || null : spellApp(withoutWww(spelled));
}
