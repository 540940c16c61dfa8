import type { Metadata } from "next";
import { ForgotForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { TextLink } from "@/components/ui/link";
import { sendsMail } from "@/lib/account/mail/send";
import { text as words } from "@/lib/base/problems";

export const metadata: Metadata = { title: "Forgotten password", robots: { index: false } };

type Props = { searchParams: Promise<{ sent?: string | string[] }> };

export default async function Forgot({ searchParams }: Props) {
  const isSent = (await searchParams).sent !== undefined;
  return (
    <EntryPage
      title={isSent ? "Look at your inbox" : "Forgotten password"}
      intro={isSent ? "It may take a minute." : "We’ll send you a link to set a new one."}
    >
      {!sendsMail() && <p>{words.entry.noMail}</p>}
      {sendsMail() && isSent && (
        <p>If there is an account with this address, a link to set a new password is on its way. It works for a day.</p>
      )}
      {sendsMail() && !isSent && <ForgotForm />}
      <TextLink href="/login" className="mt-4 inline-block">
        Back to the sign-in
      </TextLink>
    </EntryPage>
  );
}
