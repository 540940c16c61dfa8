"use client";

import { useEffect, useState } from "react";
import { text } from "@/components/ranges/custom-range-text";
import { ParamSelect } from "@/components/ui/param-select";

const YEAR_S = 31_536_000;

/** Browsers list some zones under names that their cities no longer go by. */
const RENAMED: Record<string, string> = {
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Europe/Kiev": "Europe/Kyiv",
};
const current = (zone: string) => RENAMED[zone] ?? zone;

/** The next visit without a zone in its address starts with the one chosen last: proxy.ts puts it there. */
function remember(zone: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `footfall-zone=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Every zone the browser knows, its own first; only the current one until the browser has been asked. */
export function ZonePicker({ zone }: { zone: string }) {
  const [zones, setZones] = useState([zone]);
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setZones([...new Set(["UTC", current(own), zone, ...Intl.supportedValuesOf("timeZone").map(current).sort()])]);
  }, [zone]);
  return (
    <ParamSelect
      label={text.zone}
      name="timezone"
      value={zone}
      options={zones.map((name) => ({ value: name, label: name.replaceAll("_", " ") }))}
      onChoose={remember}
      className="w-40"
    />
  );
}
