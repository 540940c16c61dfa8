import { LogOut, Settings } from "lucide-react";
import NextLink from "next/link";
import { Suspense } from "react";
import { Logo } from "@/components/access/entry-page";
import { SignOutForm } from "@/components/access/sign-out-form";
import { HealthMark } from "@/components/health/notices";
import { IconButton, IconLink } from "@/components/ui/icon-button";
import type { HealthFacts } from "@/lib/health/facts";
import { INTERVAL_WORDS } from "@/lib/question/presets";
import { INTERVALS } from "@/lib/question/question";
import { HeaderTools, NavLink } from "./header-tools";
import { PAGES } from "./pages";
import { ThemeMenu } from "./theme-menu";

const RANGES = INTERVALS.map((interval) => ({ interval, words: INTERVAL_WORDS[interval] }));

/** Header of all pages behind the sign-in. */
export function Header({ facts }: { facts: Promise<HealthFacts> }) {
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-page/90 backdrop-blur print:hidden">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-4 max-sm:pl-2 sm:gap-6">
        <NextLink
          href="/"
          className="flex items-center gap-2.5 font-semibold text-base tracking-tight max-sm:hidden"
          aria-label="Footfall"
        >
          <Logo />
          <span>Footfall</span>
        </NextLink>
        <nav aria-label="Main" className="-my-1 flex min-w-0 overflow-x-auto p-1 [scrollbar-width:none] sm:gap-1">
          <Suspense>
            {PAGES.map(({ href, label }) => (
              <NavLink key={href} href={href}>
                {label}
              </NavLink>
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
