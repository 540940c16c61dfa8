import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/access/entry-page";
import { isSetUp } from "@/lib/access/session";
import { checkSetupToken } from "@/lib/access/setup-token";
import { env } from "@/lib/env";
import { SetupForm } from "./setup-form";

export const metadata: Metadata = { title: "Set up" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function Setup({ searchParams }: Props) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  if (await isSetUp()) redirect("/login");
  const { SETUP_TOKEN } = env();
  if (!SETUP_TOKEN) {
    return (
      <EntryPage title="Set up Footfall" intro="There is no account yet, and this server was started without a token.">
        <p>
          Restart it with <code>npm start</code>: it prints an address with a one-time token, which opens this page. Or
          set <code>ADMIN_EMAIL</code> and <code>ADMIN_PASSWORD</code> before you restart.
        </p>
      </EntryPage>
    );
  }
  const isKnown = token !== "" && checkSetupToken(token, SETUP_TOKEN, Date.now()) === "right";
  return (
    <EntryPage title="Set up Footfall" intro="Choose what you will sign in with. This page works once.">
      <SetupForm token={token} isKnown={isKnown} />
    </EntryPage>
  );
}
