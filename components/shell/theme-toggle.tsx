"use client";

import { Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";

/** Switches between light and dark. Both icons are drawn and CSS shows one, so that nothing jumps on hydration. */
export function ThemeToggle() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <button
      type="button"
      aria-label="Switch between light and dark"
      title="Switch between light and dark"
      className="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
      onClick={() => setTheme(resolvedTheme === "dark" ? "light" : "dark")}
    >
      <Moon aria-hidden className="size-4 dark:hidden" />
      <Sun aria-hidden className="hidden size-4 dark:block" />
    </button>
  );
}
