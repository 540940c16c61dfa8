import { LogOut } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { signOut } from "@/lib/access/actions";
import { intervalWords } from "@/lib/format";
import { INTERVALS } from "@/lib/query/filters";
import { HeaderTools } from "./header-tools";
import { Logo } from "./logo";
import { NavLink } from "./nav-link";
import { PAGES } from "./pages";
import { ThemeToggle } from "./theme-toggle";

const RANGES = INTERVALS.map((interval) => ({ interval, words: intervalWords(interval) }));

/** Top of every page behind the sign-in. */
export function Header() {
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-page/90 backdrop-blur print:hidden">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-4 max-sm:pl-2 sm:gap-6">
        <Link
          href="/"
          className="flex items-center gap-2.5 font-semibold text-base tracking-tight max-sm:hidden"
          aria-label="Footfall"
        >
          <Logo />
          <span>Footfall</span>
        </Link>
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
          <HeaderTools ranges={RANGES} />
          <ThemeToggle />
          <form action={signOut}>
            <button
              type="submit"
              aria-label="Sign out"
              title="Sign out"
              className="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
            >
              <LogOut aria-hidden className="size-4" />
            </button>
          </form>
        </div>
      </div>
    </header>
  );
}
