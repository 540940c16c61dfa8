import { freeText, tidyText } from "@/lib/base/clean";
import { fold } from "@/lib/base/fold";
import { spellPage, spellReferer } from "@/lib/click/address";
import { spellEscapes } from "@/lib/click/escapes";
import { withoutPunycode } from "@/lib/click/hosts";
import type { FieldName } from "@/lib/question/question";

/** Fields whose values are addresses, in which letters may be escaped. */
const ADDRESSES: readonly FieldName[] = ["url", "baseUrl", "refererUrl"];

/** Part of a field's value, as it stands in a stored one. Space alone is a part, too; what nobody sees is in none. */
export function partOfValue(field: FieldName, text: string): string {
  const tidy = withoutPunycode(freeText(text) ?? (text === "" ? "" : " "));
  return ADDRESSES.includes(field) ? spellEscapes(tidy) : tidy;
}

const LIKE_ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/\S+|[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?)$/i;

/** What an address that was copied from a browser or a mail is about: host and path. */
function pasted(text: string): string {
  if (/^(?:android|ios)-app:/i.test(text)) return spellReferer(text) ?? text;
  return spellPage(text.includes("://") ? text : `https://${text}`)
    .replace(/^https?:\/\//, "")
    .replace(/\/+$/, "");
}

/** Alternative forms of a search text; one match is enough. */
export function searchForms(search: string): string[] {
  const tidy = tidyText(search);
  const forms = [tidy, withoutPunycode(tidy), ...(LIKE_ADDRESS.test(tidy) ? [pasted(tidy)] : [])];
  return [...new Set(forms.filter((form) => form !== ""))];
}

/** Tells whether text has what somebody looks for, in any case and with or without accents. */
export function searcher(search: string): (text: string) => boolean {
  const forms = searchForms(search).map(fold);
  return (text) => {
    const folded = fold(text);
    return forms.some((form) => folded.includes(form));
  };
}
