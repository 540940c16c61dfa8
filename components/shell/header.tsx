"use client";

import { LogOut, Settings } from "lucide-react";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/access/entry-page";
import { SignOutForm } from "@/components/access/sign-out-form";
import { IconButton, IconLink } from "@/components/ui/icon-button";
import { HeaderTools } from "./header-tools";
import { MainNav } from "./main-nav";
import { ThemeMenu } from "./theme-menu";

/** Header of all pages behind the sign-in. `health`: a mark while something is wrong. */
export function Header({ own, health }: { own: readonly string[]; health: ReactNode }) {
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
        <MainNav own={own} />
        <div className="ml-auto flex shrink-0 items-center sm:gap-1">
          {health}
          <HeaderTools />
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
