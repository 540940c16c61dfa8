import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/access/entry-page";
import { text } from "@/components/access/text";
import { Sentence } from "@/components/ui/sentence";
import { isSetUp } from "@/lib/account/session";
import { env } from "@/lib/base/env";
import { SetupForm } from "./setup-form";

export const metadata: Metadata = { title: text.setup.page };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function Setup({ searchParams }: Props) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  if (await isSetUp()) redirect("/login");
  const { SETUP_TOKEN } = env();
  if (!SETUP_TOKEN) {
    return (
      <EntryPage title={text.setup.title} intro={text.setup.withoutToken}>
        <p>
          <Sentence
            text={text.setup.restart}
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
    <EntryPage title={text.setup.title} intro={text.setup.intro}>
      <SetupForm token={token} />
    </EntryPage>
  );
}
