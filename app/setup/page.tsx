import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { Sentence } from "@/components/ui/sentence";
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
          <Sentence
            text="Restart it with {start}. It prints a link with a one-time token that opens this page. Or set {email} and {password}, then restart."
            parts={{
              start: <code>npm start</code>,
              email: <code>ADMIN_EMAIL</code>,
              password: <code>ADMIN_PASSWORD</code>,
            }}
          />
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
