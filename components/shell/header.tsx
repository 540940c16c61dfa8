import { ChartLine, Inbox, LayoutDashboard, Link2, List, LogOut, Settings } from "lucide-react";
import NextLink from "next/link";
import { Suspense } from "react";
import { Logo } from "@/components/access/entry-page";
import { SignOutForm } from "@/components/access/sign-out-form";
import { HealthMark } from "@/components/health/notices";
import { IconButton, IconLink } from "@/components/ui/icon-button";
import { Shortcuts } from "@/components/ui/use-shortcut";
import type { HealthFacts } from "@/lib/health/facts";
import { OWN_PARAMETERS } from "@/lib/question/codec/parameters";
import { INTERVAL_WORDS } from "@/lib/question/presets";
import { INTERVALS } from "@/lib/question/question";
import { HeaderTools, NavLink } from "./header-tools";
import { PAGES } from "./pages";
import { ThemeMenu } from "./theme-menu";

const RANGES = INTERVALS.map((interval) => ({ interval, words: INTERVAL_WORDS[interval] }));

const KEYS = PAGES.flatMap(({ key }) => key ?? []);

const ICONS = { "/": LayoutDashboard, "/links": Link2, "/events": List, "/compare": ChartLine, "/deliveries": Inbox };

/** The main navigation of a phone, at the bottom of the screen. */
export function BottomNav() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
    >
      <Suspense>
        {PAGES.map((page) => {
          const Icon = ICONS[page.href];
          return (
            <NavLink key={page.href} page={page} own={OWN_PARAMETERS} icon={<Icon aria-hidden className="size-5" />} />
          );
        })}
      </Suspense>
    </nav>
  );
}

/** Header of all pages behind the sign-in. */
export function Header({ facts }: { facts: Promise<HealthFacts> }) {
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-page print:hidden">
      <div className="mx-auto flex h-14 max-w-6xl min-[94rem]:max-w-[92rem] items-center gap-2 px-4 sm:gap-6">
        <NextLink
          href="/"
          className="flex items-center gap-2.5 font-semibold text-base tracking-tight"
          aria-label="Footfall"
        >
          <Logo />
          <span>Footfall</span>
        </NextLink>
        <nav aria-label="Main" className="flex min-w-0 gap-1 max-sm:hidden">
          <Shortcuts keys={KEYS} />
          <Suspense>
            {PAGES.map((page) => (
              <NavLink key={page.href} page={page} own={OWN_PARAMETERS} />
            ))}
          </Suspense>
        </nav>
        <div className="ml-auto flex shrink-0 items-center sm:gap-1">
          <Suspense>
            <HealthMark facts={facts} />
          </Suspense>
          <HeaderTools ranges={RANGES} />
          <ThemeMenu />
          <IconLink icon={Settings} label="Settings" title="Settings" href="/settings" />
          <SignOutForm className="max-sm:hidden">
            <IconButton icon={LogOut} label="Sign out" title="Sign out" type="submit" />
          </SignOutForm>
        </div>
      </div>
    </header>
  );
}
