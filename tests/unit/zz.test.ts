import { test } from "vitest";
import fc from "fast-check";
import { FIELDS } from "@/lib/click/fields";
import { spellCountry } from "@/lib/click/places";
import { displayValue } from "@/lib/format";
import { spellShortLink, spellDomain, spellKey } from "@/lib/click/links";
import { fold } from "@/lib/fold";
import { tidyText } from "@/lib/clean";
test("x", () => {
  const A = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  const by = new Map<string, string[]>();
  const codes = new Set<string>();
  for (const a of A) for (const b of A) { const c = spellCountry(a + b); if (c) codes.add(c); }
  for (const c of codes) { const w = displayValue("country", c); by.set(w, [...(by.get(w) ?? []), c]); }
  console.log([...by].filter(([, c]) => c.length > 1), [...by].filter(([w]) => !w.startsWith("Unknown")).length);
  for (const t of ["news.example","News.Example","news.example:8443","news.example.","https://news.example:8443/a","news.example/path","android-app://com.slack/","com.Slack","android-app://com.Slack","ios-app://618783545/","ios-app://123/","//x.y/z","www.a.b","www.com","[::1]:3000","HTTPS://WWW.Bücher.Example./p","xn--bcher-kva.example","xn--pple-43d.com","аpple.com","foo bar","mailto:x","user@host.com","0","localhost:3000","com.google.android.gm"]) console.log(t, "->", FIELDS.referer.spell(t), "|", displayValue("referer", FIELDS.referer.spell(t)));
  for (const t of ["https://shop.example","https://SHOP.example:443/","http://shop.example:80/a/../b?x=1","https://shop.example/caf%c3%a9/%7Eme/%2f?q=%c3%a9&amp;fbclid=1&via=x#Top","https://shop.example/Sa\u0303o","mailto:X@y","MyApp://Open?dub_id=1","not an address","https://xn--mnchen-3ya.example/wiesn","https://shop.example./","https://a.example/??","https://a.example/x?","?dub_id=1"]) console.log(t, "->", FIELDS.url.spell(t), "|", FIELDS.baseUrl.spell(t));
  console.log(spellShortLink("https://xn--mnchen-3ya.example/xn--wiesn-xx"), spellShortLink("https://GO.example/"), spellDomain("XN--MNCHEN-3YA.example"), fold("São ẞ İstanbul ŁØ Å"));
});
const HOST=["?", "#", "&", "amp;", "=", "/", "-", "dub_id", "via", "y", "%20","%c3%a9","%cc%81","%E9","é","e\u0301","\u0301","\u1fef","\u212a","https://","a.example","x","www.",":","8080","android-app://","@",".","xn--","xn--bcher-kva","A"," ","\u200b","\ufeff","\u3164","İ","ß","XX","US","Unknown","\0","\u037e","%ff", "%3f","%23","123","+"];
for (const [key, f] of Object.entries(FIELDS)) if ("spell" in f) test(key, () => { fc.assert(fc.property(fc.oneof(fc.array(fc.constantFrom(...HOST)).map(p=>p.join("")), fc.string({unit:"binary"}), fc.webUrl({withQueryParameters:true,withFragments:true})), (t) => { const a = f.spell(t); const b = a === null ? null : f.spell(a); if (a !== b) throw new Error(JSON.stringify([t,a,b])); }), {numRuns: 20000}); });
test("tidy", () => { fc.assert(fc.property(fc.oneof(fc.array(fc.constantFrom(...HOST)).map(p=>p.join("")), fc.string({unit:"binary"})), (t) => tidyText(tidyText(t)) === tidyText(t) && spellKey(spellKey(t)) === spellKey(t) && spellDomain(spellDomain(t))===spellDomain(t) && spellShortLink(spellShortLink(t))===spellShortLink(t)),{numRuns:20000})});
