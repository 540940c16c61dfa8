import { parseUrl } from "@/lib/base/parse-url";

/** The address when it leads to a web page, else null: a payload may hold `javascript:` or worse. */
export function safeHref(url: string | null): string | null {
  return url && /^https?:\/\//i.test(url) && parseUrl(url) ? url : null;
}
