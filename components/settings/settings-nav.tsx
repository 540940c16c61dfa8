"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Choices } from "@/components/ui/link";
import { usePowers } from "@/components/views/powers";
import type { Power } from "@/lib/account/roles";

const PAGES: readonly { name: string; path: string; needs?: Power }[] = [
  { name: "General", path: "/settings" },
  { name: "People", path: "/settings/people", needs: "settings" },
  { name: "Share links", path: "/settings/shares", needs: "write" },
  { name: "API keys", path: "/settings/keys", needs: "settings" },
  { name: "Privacy", path: "/settings/privacy", needs: "settings" },
  { name: "Audit log", path: "/settings/audit", needs: "settings" },
];

/** The pages of Settings. */
export function SettingsNav() {
  const here = usePathname();
  const powers = usePowers();
  const pages = PAGES.filter(({ needs }) => !needs || powers.includes(needs));
  const zone = useSearchParams().get("timezone");
  const query = zone ? `?${new URLSearchParams({ timezone: zone })}` : "";
  const choices = pages.map(({ name, path }) => ({ name, href: `${path}${query}`, isCurrent: here === path }));
  if (pages.length === 1) return null;
  const look = "w-fit max-w-full overflow-x-auto rounded-lg border border-line bg-surface p-0.5";
  return <Choices label="Settings" choices={choices} className={look} linkClass="px-3" />;
}
