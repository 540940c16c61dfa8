import type { Metadata } from "next";
import { ResetForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { personOfToken } from "@/lib/account/people/password-link";
import { unavailable } from "@/lib/account/unavailable";
import { text as words } from "@/lib/base/problems";

export const metadata: Metadata = { title: "New password", robots: { index: false }, referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function Reset({ searchParams }: Props) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  const isValid = (await personOfToken(token).catch(unavailable)) !== null;
  return (
    <EntryPage title="Set a new password" intro="It ends all your sessions. This link works only once.">
      {isValid ? <ResetForm token={token} /> : <p>{words.people.invalid}</p>}
    </EntryPage>
  );
}
