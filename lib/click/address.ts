import { isNoValue, tidyText } from "@/lib/base/clean";
import { parseUrl } from "@/lib/base/urls";
import { spellApp } from "@/lib/click/apps";
import { spellEscapes } from "@/lib/click/escapes";
import { spellHost } from "@/lib/click/hosts";

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const WEB = /^https?:/i;
const APP = /^((?:android|ios)-app):\/\/([^/?#]*)([^?#]*)/i;

/** The parts before and after the first separator; no second part when there is none. */
export function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** An address in its parts, as they stand; what is missing is null. */
export function partsOf(address: string): { page: string; query: string | null; fragment: string | null } {
  const [beforeFragment, fragment = null] = split(address, "#");
  const [page, query = null] = split(beforeFragment, "?");
  return { page, query, fragment };
}

/** A web page's address, which a parser has taken apart: the host by its name, the path in readable letters. */
function spellWeb(page: string): string | null {
  const url = WEB.test(page) ? parseUrl(page) : null;
  if (url === null) return null;
  const { protocol, username, password, hostname, port, pathname } = url;
  const user = username === "" ? "" : `${username}${password === "" ? "" : `:${password}`}@`;
  const host = spellHost(hostname) ?? hostname;
  return `${protocol}//${user}${host}${port === "" ? "" : `:${port}`}${spellEscapes(pathname)}`;
}

/**
 * The one spelling of an address up to its query string: scheme and host in lower case, no default port, `/` as an
 * empty path, readable letters. Outside the web only the scheme changes. Empty when nothing is left.
 */
export function spellPage(address: string): string {
  const page = tidyText(partsOf(address).page);
  const [, scheme, id = "", path = ""] = APP.exec(page) ?? [];
  if (scheme) return `${scheme.toLowerCase()}://${spellApp(id)}${path || "/"}`;
  return spellWeb(page) ?? page.replace(SCHEME, (text) => text.toLowerCase());
}

/** The one spelling of the address that a click came from, without its query string; null when it says nothing. */
export const spellRefererUrl = (text: string): string | null => (isNoValue(text) ? null : spellPage(text) || null);

/** A host, whatever stands around it: a user before it, a port or a path behind it. */
const HOST_AND_MORE = /^(?:[^\s/?#@]*@)?(\[[^\]\s]*\]|[^\s/?#@:[\]]+)(?::\d{0,5})?(?:[/?#].*)?$/s;
/** With a scheme that no host follows, such as `mailto:`; in `host:8080` there is none. */
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$)|\/\/)/i;

function withoutWww(host: string): string {
  const [, rest] = /^www\.(.+\..+)$/.exec(host) ?? [];
  return rest === undefined ? host : withoutWww(rest);
}

/** The one spelling of where a click came from; null when it says nothing. */
export function spellReferer(text: string): string | null {
  const spelled = readReferer(text);
  return spelled === null || isNoValue(spelled) ? null : spelled;
}

/** A host without `www.` and port, out of whatever senders write around it, or the id of an app; null for nothing. */
function readReferer(text: string): string | null {
  const tidy = tidyText(text);
  const [, scheme, id = ""] = APP.exec(tidy) ?? [];
  if (scheme) return readReferer(id);
  // Apps of one store have numbers, which a parser of hosts takes for addresses.
  if (/^\d+$/.test(tidy)) return spellApp(tidy);
  const bare = tidy.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\//i, "");
  const [, host] = OTHER_SCHEME.test(tidy) ? [] : (HOST_AND_MORE.exec(bare) ?? []);
  const spelled = host === undefined ? null : spellHost(host);
  return spelled === null ? tidy || null : spellApp(withoutWww(spelled));
}
