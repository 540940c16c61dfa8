import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { LoginForm } from "@/components/access/entry-forms";
import { EntryPage } from "@/components/access/entry-page";
import { safeNext } from "@/lib/account/next-path";
import { isSetUp, readViewer } from "@/lib/account/session";
import { proxyName } from "@/lib/base/http/proxy-sign-in";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Login({ searchParams }: Props) {
  const { next } = await searchParams;
  const target = safeNext([next].flat()[0]);
  if (await readViewer(await headers())) redirect(target);
  if (!(await isSetUp())) redirect("/setup");
  const name = proxyName(await headers());
  return (
    <EntryPage
      title="Sign in to Footfall"
      intro={
        name === null
          ? "Click analytics for your short links."
          : `You came as ${name.slice(0, 100)}, who has no account here. Ask an admin for one.`
      }
    >
      <LoginForm next={target} />
    </EntryPage>
  );
}
