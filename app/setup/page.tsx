import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { isSetUp } from "@/lib/account/session";
import { env } from "@/lib/base/env";

export const metadata: Metadata = { title: "Set up" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function Setup({ searchParams }: Props) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  if (await isSetUp()) redirect("/login");
  const { SETUP_TOKEN } = env();
  if (!SETUP_TOKEN) {
    return (
      <EntryPage
        title="Set up Footfall"
        intro="There is no account yet, and this server was started without a setup token."
      >
        <p>
          Restart it with <code>npm start</code>. It prints a link with a one-time token that opens this page. Or set{" "}
          <code>ADMIN_EMAIL</code> and <code>ADMIN_PASSWORD</code>, then restart.
        </p>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Set up Footfall" intro="Choose your email and password. This page works only once.">
      <SetupForm token={token} />
    </EntryPage>
  );
}
