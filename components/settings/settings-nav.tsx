"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Choices } from "@/components/ui/link";
import { usePowers } from "@/components/views/powers";

const PAGES = [
  { name: "General", path: "/settings" },
  { name: "People", path: "/settings/people" },
  { name: "API keys", path: "/settings/keys" },
  { name: "Audit log", path: "/settings/audit" },
];

/** The pages of Settings. */
export function SettingsNav() {
  const here = usePathname();
  const mayChange = usePowers().includes("settings");
  const zone = useSearchParams().get("timezone");
  const query = zone ? `?${new URLSearchParams({ timezone: zone })}` : "";
  const choices = PAGES.map(({ name, path }) => ({ name, href: `${path}${query}`, isCurrent: here === path }));
  if (!mayChange) return null;
  const look = "w-fit max-w-full overflow-x-auto rounded-lg border border-line bg-surface p-0.5";
  return <Choices label="Settings" choices={choices} className={look} linkClass="px-3" />;
}
