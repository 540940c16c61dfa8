import type { Metadata } from "next";
import { JoinForm, ProviderSignIn } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { invitedAs } from "@/lib/account/people/invitations";
import { shownProvider } from "@/lib/account/provider/sign-in";
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
  const provider = shownProvider();
  return (
    <EntryPage
      title="Join Footfall"
      intro={`Choose ${invited.email === null ? "your email and" : "a"} password. This link works only once.`}
    >
      {/* The provider knows whom the invitation is for. */}
      {provider && invited.email !== null && (
        <ProviderSignIn name={provider.name} url={provider.url} next="/" problem={null} />
      )}
      <JoinForm token={token} email={invited.email ?? ""} />
    </EntryPage>
  );
}
