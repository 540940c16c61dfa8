import type { Metadata } from "next";
import { JoinForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { invitedAs } from "@/lib/account/people/invitations";
import { unavailable } from "@/lib/account/unavailable";
import { text as words } from "@/lib/base/problems";

export const metadata: Metadata = { title: "Join", robots: { index: false }, referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function Join({ searchParams }: Props) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  const invited = await invitedAs(token).catch(unavailable);
  if (!invited) {
    return (
      <EntryPage title="Join Footfall" intro="Click analytics for your short links.">
        <p>{words.people.invalid}</p>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Join Footfall" intro="Choose your email and password. This link works only once.">
      <JoinForm token={token} email={invited.email ?? ""} />
    </EntryPage>
  );
}
