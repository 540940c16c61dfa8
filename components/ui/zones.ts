import { useEffect, useState } from "react";
import { remember } from "./remember";

/** Browsers list some zones under outdated names. */
const RENAMED: Record<string, string> = {
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Europe/Kiev": "Europe/Kyiv",
};
const current = (zone: string) => RENAMED[zone] ?? zone;

/** Keeps a zone for URLs without one: the cookie of `lib/account/reader-defaults`, whose file a browser doesn't need. */
export const rememberZone = (zone: string): void => remember("footfall-zone", zone);

/** The browser's own time zone. */
export const browserZone = () => current(Intl.DateTimeFormat().resolvedOptions().timeZone);

export const zoneName = (zone: string) => zone.replaceAll("_", " ");

/** All time zones of the browser, its own first; only the given one, if any, before the script runs. */
export function useZones(zone: string | null): string[] {
  const [zones, setZones] = useState(zone === null ? [] : [zone]);
  useEffect(() => {
    const all = Intl.supportedValuesOf("timeZone").map(current).sort();
    setZones([...new Set(["UTC", browserZone(), ...(zone === null ? [] : [zone]), ...all])]);
  }, [zone]);
  return zones;
}
