import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { LoginForm, ProviderSignIn } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { sendsMail } from "@/lib/account/mail/send";
import { safeNext } from "@/lib/account/next-path";
import { failureWords, shownProvider } from "@/lib/account/provider/sign-in";
import { isSetUp, readViewer } from "@/lib/account/session";
import { proxyName } from "@/lib/base/http/proxy-sign-in";

export const metadata: Metadata = { title: "Sign in" };

type Props = {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[]; set?: string | string[] }>;
};

export default async function Login({ searchParams }: Props) {
  const { next, error, set } = await searchParams;
  const target = safeNext([next].flat()[0]);
  if (await readViewer(await headers())) redirect(target);
  if (!(await isSetUp())) redirect("/setup");
  const provider = shownProvider();
  const name = proxyName(await headers());
  return (
    <EntryPage
      title="Sign in to Footfall"
      intro={
        name === null
          ? set === undefined
            ? "Click analytics for your short links."
            : "Your new password is set. Sign in with it."
          : `You came as ${name.slice(0, 100)}, who has no account here. Ask an admin for one.`
      }
    >
      {provider && (
        <ProviderSignIn
          name={provider.name}
          url={provider.url}
          next={target}
          problem={error === undefined ? null : failureWords(String(error))}
        />
      )}
      <LoginForm next={target} sendsMail={sendsMail()} />
    </EntryPage>
  );
}
